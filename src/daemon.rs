//! x
pub mod desk;
