//! Starts, stops and failures: signals, kills, reloads, folders and disks that refuse.
