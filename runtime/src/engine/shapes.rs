//! What is known of a response before a message comes. Nearly all responses of a WebSocket connector have one shape, a
//! parameter that takes the whole message after a trigger that lets it, and are spared what the others need.

use genlock_spec::{
    ActionKind, LengthType, List, ParamIndex, ParamKind, ResponseIndex, Spec, TriggerContent, TriggerIndex,
};

/// The shape of one response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    before: Before,
    /// Its only parameter, when that has no end to look for.
    pub(super) only: Option<ParamIndex>,
}

/// What the triggers before a response do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// There are none.
    Nothing,
    /// Each of them reads the response, whatever holds, and does nothing else (ACT-66).
    Read,
    Anything,
}

impl Shape {
    pub(super) fn of(spec: &Spec<'_>, response: ResponseIndex) -> Self {
        let row = spec.response(response);
        let before = match row.before {
            triggers if triggers.is_empty() => Before::Nothing,
            triggers if only_read(spec, triggers, response) => Before::Read,
            _ => Before::Anything,
        };
        let mut params = spec.list(row.params);
        let only = params.next().filter(|&param| params.len() == 0 && ends_with_the_message(spec, param));
        Self { before, only }
    }

    /// Whether a message that matches is read (RSP-20), when that is known without running the triggers before the
    /// response. Somebody who wants to be told what runs wants to be told of them.
    pub(super) fn is_read(self, traced: bool) -> Option<bool> {
        match self.before {
            Before::Nothing => Some(false),
            Before::Read => (!traced).then_some(true),
            Before::Anything => None,
        }
    }
}

fn only_read(spec: &Spec<'_>, triggers: List<TriggerIndex>, response: ResponseIndex) -> bool {
    spec.list(triggers).map(|trigger| spec.trigger(trigger)).all(|row| {
        let TriggerContent::Actions(actions) = row.content else { return false };
        let mut actions = spec.list(actions).map(|action| spec.action(action));
        let reads =
            |kind| matches!(kind, ActionKind::Read(targets) if spec.list(targets).all(|target| target == response));
        row.condition.len == 0 && row.guard.len == 0 && actions.all(|row| row.condition.len == 0 && reads(row.kind))
    })
}

fn ends_with_the_message(spec: &Spec<'_>, param: ParamIndex) -> bool {
    let row = spec.param(param);
    matches!(row.length, LengthType::NextParam | LengthType::LastNextParam)
        && !row.kind.is_constant()
        && row.kind != ParamKind::Dummy
}
