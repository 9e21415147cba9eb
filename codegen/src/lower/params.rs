//! Parameters.

use genlock_spec::{
    AlarmThreshold, ChecksumIndex, ConnectionIndex, ContentPosition, Discreet, InitialBytes, LengthType, Param,
    ParamIndex, ParamKind, RawType, Rows, Text,
};

use super::{Lower, row_id};
use crate::model::{self, LengthKind, Measurement, Moment, On, Target, plain_number};

impl Lower<'_> {
    pub(super) fn params(&mut self) {
        for (position, param) in self.model.params.iter().enumerate() {
            let row = self.param_row(position, param);
            self.spec.params.push(row);
        }
    }

    fn param_row(&mut self, position: usize, param: &model::Param) -> Param {
        let interprete = param.interprete.as_ref();
        let kind = param.kind.map_or(ParamKind::Read, |kind| kind.value);
        let length = match interprete.map(|inside| (inside.length_type(), inside.fixed_length())) {
            Some((LengthKind::Fixed, length)) => LengthType::Fixed(length.unwrap_or_default()),
            Some((LengthKind::LastNextParam, _)) => LengthType::LastNextParam,
            Some((LengthKind::OtherParam, _)) => LengthType::OtherParam(self.length_param(interprete)),
            _ => LengthType::NextParam,
        };
        let setter = param.setter.is_some_and(|setter| setter.value);
        let partner = setter.then(|| self.model.partner(position)).flatten();
        let default = interprete.and_then(|inside| inside.default.as_ref());
        let covered = param.coverage.iter().flat_map(|coverage| &coverage.positions);
        let dynamic_ip = param.dynamic_ip.as_ref().and_then(|option| self.model.addressed(option));
        Param {
            pid: row_id(&param.head),
            name: self.text(param.head.name()),
            line: param.head.line,
            kind,
            raw_type: interprete.map_or(RawType::Other, model::Interprete::raw_type),
            value_type: param.value_type(),
            length,
            initial: self.initial(interprete, length),
            default: default.map(|default| self.text(&default.value)),
            // SAVE-07, SAVE-08
            save: param.save && !kind.is_write() && kind != ParamKind::Array,
            save_interval_ms: param.save_interval_ms,
            setter: partner.map(|partner| ParamIndex(partner as u32)),
            dynamic_ip: dynamic_ip.map(|connection| ConnectionIndex(connection as u32)),
            on_change: self.dispatch.triggers(On::Parameter, Moment::Change, position),
            on_change_after_response: self.dispatch.triggers(On::Parameter, Moment::ChangeAfterResponse, position),
            hooks: self.spec.list_of(self.hooks_of.get(&position).into_iter().flatten().copied()),
            alarms: self.alarms(param),
            monitoring: self.monitoring(param),
            alarm_dependents: self.spec.list_of(self.alarm_dependents.get(&position).into_iter().flatten().copied()),
            alarm_listeners: self.spec.list_of(self.alarm_listeners.get(&position).into_iter().flatten().copied()),
            trend: param.trend.kept(Some(kind)),
            history_set: param.trend.history_set,
            discreets: self.discreets(param),
            format: interprete
                .and_then(|inside| inside.format.as_ref())
                .map(|format| self.format(format, param.value_type().is_number())),
            marker: self.marker(interprete),
            times: param.times(),
            bit_fields: self.spec.list_of(self.bit_fields.get(&position).into_iter().flatten().copied()),
            covers: self.spec.list_of(covered.map(|&position| ContentPosition(position))),
            checksum: param.coverage.as_ref().and_then(|coverage| coverage.checksum).map(|checksum| {
                self.spec.checksums.push(checksum);
                ChecksumIndex(self.spec.checksums.len() as u32 - 1)
            }),
            inner: param.inner.as_ref().and_then(|response| self.item(response, Target::Response)),
            entry: param.entry,
            secret: param.measurement.as_ref().is_some_and(|measurement| measurement.writing.secret),
        }
    }

    /// The parameter that holds the number of bytes.
    fn length_param(&self, interprete: Option<&model::Interprete>) -> Option<ParamIndex> {
        self.item(interprete?.length_param.as_ref()?, Target::Param)
    }

    /// The parameter at which it ends, when `LengthType@id` names one (PARAM-76).
    fn marker(&self, interprete: Option<&model::Interprete>) -> Option<ParamIndex> {
        let is_variable = |inside: &&model::Interprete| inside.length_type() == LengthKind::NextParam;
        self.length_param(interprete.filter(is_variable))
    }

    /// PARAM-20 to PARAM-30.
    fn initial(&mut self, interprete: Option<&model::Interprete>, length: LengthType) -> InitialBytes {
        let (Some(interprete), LengthType::Fixed(length)) = (interprete, length) else { return InitialBytes::None };
        let (value, fill) = match &interprete.value {
            // PARAM-26: spaces in front.
            Some(value) => (value.value.as_slice(), b' '),
            // PARAM-21
            None => match interprete.raw_type() {
                RawType::Text | RawType::Other | RawType::OnlyOthers => (&[][..], b' '),
                RawType::NumericText => (&[][..], b'0'),
                RawType::UnsignedNumber | RawType::SignedNumber | RawType::Double | RawType::Bcd => (&[][..], 0),
            },
        };
        let mut bytes = vec![fill; (length as usize).saturating_sub(value.len())];
        bytes.extend_from_slice(value);
        // Values that are no UTF-8 are refused by a check.
        InitialBytes::Bytes(self.text(str::from_utf8(&bytes).unwrap_or_default()))
    }

    fn alarms(&mut self, param: &model::Param) -> Rows<AlarmThreshold> {
        let start = self.spec.alarms.len();
        for (level, value) in
            param.alarm.iter().filter(|alarm| alarm.is_monitored()).flat_map(|alarm| &alarm.thresholds)
        {
            self.threshold(param, *level, &value.value);
        }
        rows(start, self.spec.alarms.len())
    }

    fn discreets(&mut self, param: &model::Param) -> Rows<Discreet> {
        let start = self.spec.discreets.len();
        for discreet in param.measurement.iter().flat_map(Measurement::known_values) {
            let (value, number) = self.value(param, &discreet.value.value);
            let display = self.text(&discreet.display.value);
            self.spec.discreets.push(Discreet { value, display, number });
        }
        rows(start, self.spec.discreets.len())
    }

    /// A value as text, and as a number if the parameter is one (PARAM-163).
    pub(super) fn value(&mut self, param: &model::Param, text: &str) -> (Text, Option<f64>) {
        let number = param.value_type().is_number().then(|| plain_number(text)).flatten();
        (self.text(text), number)
    }
}

/// The rows from `start` up to `end`.
pub(super) fn rows<R>(start: usize, end: usize) -> Rows<R> {
    if start == end { Rows::new(0, 0) } else { Rows::new(start as u32, (end - start) as u32) }
}
