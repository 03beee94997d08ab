//! What readers get over HTTP while news comes in.
