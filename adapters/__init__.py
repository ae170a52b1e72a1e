"""The sources: how a vendor's operation is declared, called and decoded; the five vendors; the local store."""
