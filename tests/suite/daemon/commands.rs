//! The commands, their words and their exit codes.
