//! What the engine counts.

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// What an element has done since it was created. Nothing is lost silently: each loss is in one of these.
        ///
        /// ```no_run
        /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
        /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
        /// let counters = element.counters().await?;
        /// if counters.lost > counters.lost_while_closed {
        ///     println!("of {} commands, not all were refused at once", counters.lost);
        /// }
        /// for (name, count) in counters.named().filter(|(_, count)| *count > 0) {
        ///     println!("{name}: {count}");
        /// }
        /// # Ok(())
        /// # }
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Counters {
            $($(#[$doc])* pub $name: u64,)+
        }

        impl Counters {
            /// All counters by name.
            pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
                [$((stringify!($name), self.$name)),+].into_iter()
            }
        }
    };
}

counters! {
    /// Messages that an open socket took.
    messages_sent,
    /// Messages received.
    messages_received,
    /// Sent messages that were compressed.
    compressed_sent,
    /// Received messages that were compressed.
    compressed_received,
    /// Attempts at HTTP requests; those that follow a redirect, those that are made again, and those that find no server
    /// count.
    requests_sent,
    /// HTTP requests that were given up, or answered with another status than 2xx.
    requests_failed,
    /// Handshakes that succeeded.
    opened,
    /// Handshakes that succeeded after the first one of their connection.
    reconnects,
    /// Attempts to connect that failed.
    failed_attempts,
    /// Open connections that ended without being asked to.
    broken,
    /// Of the broken ones: those whose peer was silent for too long (BEY-09).
    broken_by_silence,
    /// Of the broken ones: those whose peer sent more than the limits allow (CONN-85).
    broken_by_limits,
    /// Of the broken ones: those whose peer broke a rule of the protocol.
    broken_by_rules,
    /// Commands that never reached an open socket: the sum of the next six.
    lost,
    /// Commands that were refused because their connection was not open
    /// ([`WhileClosed::Reject`](crate::WhileClosed::Reject)).
    lost_while_closed,
    /// Commands that were dropped because their connection was not open
    /// ([`WhileClosed::Drop`](crate::WhileClosed::Drop)).
    lost_dropped,
    /// Commands that found no room: in the queue, or in the line of those that wait for the connection
    /// ([`WhileClosed::Queue`](crate::WhileClosed::Queue)).
    lost_no_room,
    /// Commands that have waited too long for the connection ([`WhileClosed::Queue`](crate::WhileClosed::Queue)).
    lost_waited_too_long,
    /// Commands that the socket did not take before their connection broke, or before their time was over (BEY-08).
    lost_unsent,
    /// Commands that were given up when the element stopped or paused.
    lost_at_stop,
    /// Received messages that no response matched (RSP-10).
    unmatched,
    /// Received messages that were not looked at: the sum of the next three.
    discarded,
    /// Messages that came while the element was paused (LIFE-31).
    discarded_while_paused,
    /// Messages that came while the element was closing the connection.
    discarded_while_closing,
    /// Messages that equal the one before, where the response asks for that (RSP-15).
    discarded_repeats,
    /// Groups that found the queue full.
    queue_overflows,
    /// Change events and groups that were dropped because they were nested too deep, or too many came of one cause
    /// (PARAM-68).
    nested_too_deep,
    /// Hooks that returned an error or panicked (QA-34).
    hook_failures,
    /// Hooks that held the element for more than 100 ms (BEY-33).
    slow_hooks,
    /// Runs of queued QActions that were dropped because too many were under way.
    queued_dropped,
}

/// Why a command never reached an open socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    WhileClosed,
    Dropped,
    NoRoom,
    WaitedTooLong,
    Unsent,
    AtStop,
}

/// Why a message is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Discard {
    WhilePaused,
    WhileClosing,
    Repeat,
}

impl Counters {
    pub(super) fn lose(&mut self, loss: Loss) {
        self.lost += 1;
        let cause = match loss {
            Loss::WhileClosed => &mut self.lost_while_closed,
            Loss::Dropped => &mut self.lost_dropped,
            Loss::NoRoom => &mut self.lost_no_room,
            Loss::WaitedTooLong => &mut self.lost_waited_too_long,
            Loss::Unsent => &mut self.lost_unsent,
            Loss::AtStop => &mut self.lost_at_stop,
        };
        *cause += 1;
    }

    pub(super) fn discard(&mut self, discard: Discard) {
        self.discarded += 1;
        let cause = match discard {
            Discard::WhilePaused => &mut self.discarded_while_paused,
            Discard::WhileClosing => &mut self.discarded_while_closing,
            Discard::Repeat => &mut self.discarded_repeats,
        };
        *cause += 1;
    }
}
