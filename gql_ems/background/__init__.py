"""What runs beside the requests: feeds, timers, the directory's sweeps, retention, probes."""
