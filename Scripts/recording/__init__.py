"""What the scripts that record fixtures share."""
