//! What runs: groups, timers, triggers and QActions.

use genlock_spec::{
    ColumnGroup, ConnectionIndex, ConnectionKind, Group, GroupItem, GroupKind, Hook, List, ParamIndex, QAction,
    QActionIndex, ReportTrigger, Rows, Timer, Trigger, TriggerContent, TriggerIndex,
};

use super::params::rows;
use super::{Lower, row_id};
use crate::model::{self, GroupType, ItemKind, Moment, On, Period, Target, TriggerType};

/// TMR-11: the usual pause.
const INTERVAL_MS: u32 = 75;

impl Lower<'_> {
    pub(super) fn groups(&mut self) {
        for (position, group) in self.model.groups.iter().enumerate() {
            let start = self.spec.group_items.len();
            for item in &group.items {
                let target = item.kind.target();
                let position = if item.kind == ItemKind::Session {
                    self.session_item(item)
                } else {
                    let position = item.reference.as_ref().and_then(|item| item.position(target, &self.model.index));
                    position.map(|position| position as u32)
                };
                self.spec
                    .group_items
                    .extend(position.map(|item_row| GroupItem { item: item_row, next_ms: item.next_ms }));
            }
            let row = Group {
                id: group.head.id().unwrap_or_default(),
                name: self.text(group.head.name()),
                line: group.head.line,
                kind: match group.kind.unwrap_or(GroupType::Poll) {
                    GroupType::Poll => match group.items.first().map(|item| item.kind) {
                        Some(ItemKind::Param) => GroupKind::PollParams,
                        Some(ItemKind::Session) => GroupKind::PollSessions,
                        _ => GroupKind::PollPairs,
                    },
                    GroupType::Action => GroupKind::Actions,
                    GroupType::PollAction => GroupKind::PollActions,
                    GroupType::PollTrigger => GroupKind::PollTriggers,
                    GroupType::Trigger => GroupKind::Triggers,
                },
                connection: self.group_connection(group),
                connection_param: group.connection_param.as_ref().and_then(|pid| self.item(pid, Target::Param)),
                thread: group.thread,
                ping: group.ping,
                multiple_get: group.multiple_get,
                items: rows(start, self.spec.group_items.len()),
                before: self.dispatch.triggers(On::Group, Moment::Before, position),
                after: self.dispatch.triggers(On::Group, Moment::After, position),
                condition: self.condition(group.condition.as_ref()),
            };
            self.spec.groups.push(row);
        }
    }

    /// The connection that the group names. Sessions need one for requests: where none is named, it is the one with the
    /// lowest number, as the default for pairs is one that carries them (GRP-08, CONN-122).
    fn group_connection(&self, group: &model::Group) -> Option<ConnectionIndex> {
        let named = self.connection(group.connection.as_ref());
        if named.is_some() || group.items.first().is_none_or(|item| item.kind != ItemKind::Session) {
            return named;
        }
        let requests = self.model.connections.iter().enumerate();
        let requests = requests.filter(|(_, connection)| connection.kind.value == ConnectionKind::Http);
        let lowest = requests.min_by_key(|(_, connection)| connection.head.id());
        lowest.map(|(position, _)| ConnectionIndex(position as u32))
    }

    pub(super) fn timers(&mut self) {
        for (position, timer) in self.model.timers.iter().enumerate() {
            let period = timer.period.map_or(Period::Loop, |period| period.value);
            let row = Timer {
                id: row_id(&timer.head),
                name: self.text(timer.head.name()),
                line: timer.head.line,
                period_ms: if let Period::Milliseconds(period) = period { period } else { 0 },
                looped: period == Period::Loop,
                start: timer.start,
                interval_ms: timer.interval_ms.map_or(INTERVAL_MS, |interval| interval.value),
                groups: self.items(&timer.groups, Target::Group),
                column_groups: self.column_groups(&timer.column_groups),
                options: self.settings(&timer.options),
                before: self.dispatch.triggers(On::Timer, Moment::Before, position),
                condition: self.condition(timer.condition.as_ref()),
            };
            self.spec.timers.push(row);
        }
    }

    fn column_groups(&mut self, groups: &[model::ColumnGroup]) -> Rows<ColumnGroup> {
        let start = self.spec.column_groups.len();
        for group in groups {
            let fallback = self.item(&group.fallback, Target::Group);
            self.spec.column_groups.push(ColumnGroup { column: group.column, fallback });
        }
        rows(start, self.spec.column_groups.len())
    }

    pub(super) fn triggers(&mut self) {
        for (position, trigger) in self.model.triggers.iter().enumerate() {
            if let Some(report) = &trigger.report {
                let text = self.text(&report.0);
                self.spec.report_triggers.push(ReportTrigger { text, trigger: TriggerIndex(position as u32) });
            }
            let row = Trigger {
                id: row_id(&trigger.head),
                name: self.text(trigger.head.name()),
                line: trigger.head.line,
                content: self.content(trigger, true),
                guard: self.guard(trigger.guard.as_ref()),
                otherwise: self.content(trigger, false),
                condition: self.condition(trigger.condition.as_ref()),
                // QA-42 refuses those on the timeout of a parameter, which is a part of SNMP.
                refuses_check: false,
            };
            self.spec.triggers.push(row);
        }
    }

    /// What a trigger runs when its condition is true, or when it is false (TRG-41).
    fn content(&mut self, trigger: &model::Trigger, holds: bool) -> TriggerContent {
        if trigger.content_if(holds).next().is_none() {
            return TriggerContent::Actions(List::new(0, 0));
        }
        match trigger.kind.map(|kind| kind.value) {
            Some(TriggerType::Trigger) => {
                TriggerContent::Triggers(self.items(trigger.content_if(holds), Target::Trigger))
            }
            _ => TriggerContent::Actions(self.items(trigger.content_if(holds), Target::Action)),
        }
    }

    pub(super) fn qactions(&mut self) {
        for qaction in &self.model.qactions {
            let groups = if qaction.of_groups { qaction.triggers.as_slice() } else { &[] };
            let row = QAction {
                id: row_id(&qaction.head),
                name: self.text(qaction.head.name()),
                line: qaction.head.line,
                inputs: self.items(&qaction.inputs, Target::Param),
                binary: qaction.binary,
                queued: qaction.queued,
                per_row: qaction.per_row,
                groups: self.items(groups, Target::Group),
                condition: self.condition(qaction.condition.as_ref()),
            };
            self.spec.qactions.push(row);
        }
        let row = |hook: &model::Hook| Hook {
            qaction: QActionIndex(hook.qaction as u32),
            param: ParamIndex(hook.param as u32),
            entry: hook.entry as u32,
        };
        self.spec.hooks = self.hooks.iter().map(row).collect();
    }
}
