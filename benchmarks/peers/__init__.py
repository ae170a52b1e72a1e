"""The servers that the gateway is measured beside, each answering the same documents over the same upstream."""
