//! A failure that lasts is told at first, and then once a minute.

use std::time::{Duration, Instant};

use syndicated::reminder::{Reminder, TOLD_AGAIN};

#[test]
fn the_same_is_told_once_a_minute_and_another_at_once() {
    let (began, moment) = (Instant::now(), Duration::from_millis(100));
    let mut reminder = Reminder::default();
    let told = |reminder: &mut Reminder| (0..1200u32).filter(|n| reminder.is_due("full", began + *n * moment)).count();
    assert_eq!(told(&mut reminder), 2);
    assert!(!reminder.is_due("full", began + 2 * TOLD_AGAIN - moment));
    assert!(reminder.is_due("broken", began + 2 * TOLD_AGAIN - moment));
    assert!(reminder.is_due("full", began + 2 * TOLD_AGAIN - moment));
    assert!(!reminder.is_due("full", began + 3 * TOLD_AGAIN - 2 * moment));
    assert!(reminder.is_due("full", began + 3 * TOLD_AGAIN - moment), "at the minute itself");
}
