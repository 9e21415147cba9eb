//! Typed access to the tables: the one file of the product in which a slice is indexed.
//!
//! An index is made by the code generator next to the table that it points into, so a wrong one is a fault of the
//! generator, never of an input.
#![expect(
    clippy::indexing_slicing,
    reason = "the typed accessors that the rest of the product uses instead of indexing"
)]

use alloc::vec::Vec;
use core::marker::PhantomData;
use core::ops;

use crate::actions::{Action, Replacement};
use crate::arrays::{Array, Column, Mapping, Setting};
use crate::checksums::Checksum;
use crate::condition::ConditionStep;
use crate::connections::Connection;
use crate::formats::{Exception, Format, Other, SequenceStep};
use crate::groups::{ColumnGroup, Group, GroupItem, Timer};
use crate::index::{
    ActionIndex, ArrayIndex, ChecksumIndex, CommandIndex, ConnectionIndex, FormatIndex, GroupIndex, HookIndex, Index,
    List, MonitoringIndex, PairIndex, ParamIndex, QActionIndex, RequestIndex, ResponseIndex, SessionIndex,
    SessionItemIndex, Text, TimerIndex, TriggerIndex,
};
use crate::messages::{Command, Pair, Response};
use crate::monitoring::Monitoring;
use crate::params::{AlarmThreshold, Discreet, Param};
use crate::requests::{Header, Request, Session, SessionItem, Source};
use crate::rows::Rows;
use crate::tables::Spec;
use crate::triggers::{Hook, QAction, Trigger};

macro_rules! rows {
    ($($name:ident($index:ident) -> $row:ident in $table:ident;)+) => {$(
        #[doc = concat!("The row of [`Spec::", stringify!($table), "`] at `index`.")]
        #[inline]
        pub fn $name(&self, index: $index) -> &'s $row {
            &self.$table[index.position()]
        }
    )+};
}

macro_rules! runs {
    ($($name:ident -> $row:ident in $table:ident;)+) => {$(
        #[doc = concat!("The rows of [`Spec::", stringify!($table), "`] in `rows`.")]
        #[inline]
        pub fn $name(&self, rows: Rows<$row>) -> &'s [$row] {
            &self.$table[rows.start as usize..][..rows.len as usize]
        }
    )+};
}

impl<'s> Spec<'s> {
    rows! {
        param(ParamIndex) -> Param in params;
        command(CommandIndex) -> Command in commands;
        response(ResponseIndex) -> Response in responses;
        pair(PairIndex) -> Pair in pairs;
        group(GroupIndex) -> Group in groups;
        timer(TimerIndex) -> Timer in timers;
        trigger(TriggerIndex) -> Trigger in triggers;
        action(ActionIndex) -> Action in actions;
        qaction(QActionIndex) -> QAction in qactions;
        hook(HookIndex) -> Hook in hooks;
        connection(ConnectionIndex) -> Connection in connections;
        request(RequestIndex) -> Request in requests;
        session(SessionIndex) -> Session in sessions;
        session_item(SessionItemIndex) -> SessionItem in session_items;
        monitoring(MonitoringIndex) -> Monitoring in monitorings;
        format(FormatIndex) -> Format in formats;
        checksum(ChecksumIndex) -> Checksum in checksums;
        array(ArrayIndex) -> Array in arrays;
    }

    runs! {
        replacements_of -> Replacement in replacements;
        items_of -> GroupItem in group_items;
        steps_of -> ConditionStep in condition_steps;
        thresholds_of -> AlarmThreshold in alarms;
        discreets_of -> Discreet in discreets;
        headers_of -> Header in headers;
        requests_of -> Request in requests;
        sequence_of -> SequenceStep in sequence_steps;
        exceptions_of -> Exception in exceptions;
        others_of -> Other in others;
        column_groups_of -> ColumnGroup in column_groups;
        columns_of -> Column in columns;
        name_parts_of -> Source in name_parts;
        mappings_of -> Mapping in mappings;
        settings_of -> Setting in settings;
    }

    /// The text that `text` points to.
    #[inline]
    pub fn text(&self, text: Text) -> &'s str {
        &self.strings[text.start as usize..][..text.len as usize]
    }

    /// The indices of `list`, in order.
    #[inline]
    pub fn list<I: Index>(
        &self,
        list: List<I>,
    ) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<'s, I> {
        self.indices[list.start as usize..][..list.len as usize].iter().map(|&position| I::new(position))
    }
}

/// A vector with one entry a row of some table of a [`Spec`], indexed by that table's index type.
#[derive(Clone, Debug)]
pub struct Table<I, T> {
    entries: Vec<T>,
    kind: PhantomData<fn(I)>,
}

impl<I: Index, T> Table<I, T> {
    /// One entry a row: `make` is called with each index in order.
    pub fn new(rows: usize, mut make: impl FnMut(I) -> T) -> Self {
        Self { entries: (0..rows as u32).map(|position| make(I::new(position))).collect(), kind: PhantomData }
    }

    /// One entry a row, or the first error of `make`.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn try_new<E>(rows: usize, make: impl FnMut(I) -> Result<T, E>) -> Result<Self, E> {
        let entries = (0..rows as u32).map(I::new).map(make).collect::<Result<_, E>>()?;
        Ok(Self { entries, kind: PhantomData })
    }

    /// All indices, in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.entries.len() as u32).map(I::new)
    }

    /// All entries, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries.iter().enumerate().map(|(position, entry)| (I::new(position as u32), entry))
    }

    /// All entries, in order, to change them.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (I, &mut T)> + ExactSizeIterator {
        self.entries.iter_mut().enumerate().map(|(position, entry)| (I::new(position as u32), entry))
    }
}

impl<I: Index, T> ops::Index<I> for Table<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, index: I) -> &T {
        &self.entries[index.position()]
    }
}

impl<I: Index, T> ops::IndexMut<I> for Table<I, T> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.entries[index.position()]
    }
}
