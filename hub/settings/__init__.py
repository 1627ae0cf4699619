"""Settings of the hub: `base` says everything, the others only what differs."""
