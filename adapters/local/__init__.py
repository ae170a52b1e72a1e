"""The local store: a source like any other, and the keeper of the journal, the alarms and the accounts."""
