//! `BLANK`: the row that generated code starts from, so that it lists only what differs.
//!
//! Everything optional is absent and every list empty; ids, names and lines are zero and always filled in.

use crate::actions::{Action, ActionKind};
use crate::arrays::{Array, Column, ColumnKind};
use crate::connections::{Connection, ConnectionKind};
use crate::formats::{BitField, Format, Rounding};
use crate::groups::{Group, GroupKind, Timer, TimerStart};
use crate::index::{CommandIndex, ConnectionIndex, List, ParamIndex, Text};
use crate::messages::{Command, MessageType, Pair, Response};
use crate::monitoring::Monitoring;
use crate::params::{InitialBytes, LengthType, Param, ParamKind, RawType, ValueType};
use crate::requests::{Body, Request, Session, Source};
use crate::rows::Rows;
use crate::triggers::{QAction, Trigger, TriggerContent};

const NO_TEXT: Text = Text::new(0, 0);

impl Param {
    /// A read parameter that holds any text of any length.
    pub const BLANK: Self = Self {
        pid: 0,
        name: NO_TEXT,
        line: 0,
        kind: ParamKind::Read,
        raw_type: RawType::Other,
        value_type: ValueType::Text,
        length: LengthType::NextParam,
        initial: InitialBytes::None,
        default: None,
        save: false,
        save_interval_ms: None,
        setter: None,
        dynamic_ip: None,
        on_change: List::new(0, 0),
        on_change_after_response: List::new(0, 0),
        hooks: List::new(0, 0),
        alarms: Rows::new(0, 0),
        monitoring: None,
        alarm_dependents: List::new(0, 0),
        alarm_listeners: List::new(0, 0),
        trend: None,
        history_set: false,
        discreets: Rows::new(0, 0),
        format: None,
        marker: None,
        times: 1,
        bit_fields: List::new(0, 0),
        covers: List::new(0, 0),
        checksum: None,
        inner: None,
        entry: None,
        secret: false,
    };
}

impl Command {
    /// A command of no parameters, sent as text.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        message_type: MessageType::Text,
        params: List::new(0, 0),
        ascii: false,
        ascii_params: List::new(0, 0),
        before: List::new(0, 0),
        after: List::new(0, 0),
    };
}

impl Response {
    /// A response of no parameters.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        params: List::new(0, 0),
        optional: None,
        before: List::new(0, 0),
        after: List::new(0, 0),
    };
}

impl Pair {
    /// The first command, without a response, on the first connection.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        command: CommandIndex(0),
        responses: List::new(0, 0),
        connection: ConnectionIndex(0),
        connection_is_fixed: false,
        timeout_ms: None,
        retries: None,
        ignore_timeout: false,
        ping: false,
        on_bad_command: List::new(0, 0),
        receive_interval_ms: None,
        one_byte_ms: None,
        break_ms: None,
        on_succeeded: List::new(0, 0),
        on_timeout: List::new(0, 0),
        on_timeout_after_retries: List::new(0, 0),
        condition: Rows::new(0, 0),
    };
}

impl Group {
    /// A poll group of no pairs.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        kind: GroupKind::PollPairs,
        connection: None,
        connection_param: None,
        thread: None,
        ping: false,
        multiple_get: false,
        items: Rows::new(0, 0),
        before: List::new(0, 0),
        after: List::new(0, 0),
        condition: Rows::new(0, 0),
    };
}

impl Timer {
    /// A timer of no groups that begins with the element.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        period_ms: 0,
        looped: false,
        start: TimerStart::Started,
        interval_ms: 0,
        groups: List::new(0, 0),
        column_groups: Rows::new(0, 0),
        options: Rows::new(0, 0),
        before: List::new(0, 0),
        condition: Rows::new(0, 0),
    };
}

impl Trigger {
    /// A trigger that runs no action.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        content: TriggerContent::Actions(List::new(0, 0)),
        guard: Rows::new(0, 0),
        refuses_check: false,
        otherwise: TriggerContent::Actions(List::new(0, 0)),
        condition: Rows::new(0, 0),
    };
}

impl Action {
    /// An action that clears what fired it.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        kind: ActionKind::ClearParams(List::new(0, 0)),
        condition: Rows::new(0, 0),
    };
}

impl QAction {
    /// A QAction that nothing holds back.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        inputs: List::new(0, 0),
        binary: false,
        queued: false,
        per_row: false,
        groups: List::new(0, 0),
        condition: Rows::new(0, 0),
    };
}

impl Connection {
    /// A WebSocket without a status parameter, an address of its own or defaults.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        kind: ConnectionKind::WebSocket,
        status: None,
        dynamic_ip: None,
        handshake: None,
        handshake_session: None,
        make_command_by_protocol: false,
        custom_redirect: false,
        redundant_polling: false,
        bypass_proxy: false,
        bus_address: None,
        port: None,
        port_type: None,
        timeout_ms: None,
        retries: None,
        element_timeout_ms: None,
        slow_poll: None,
        ping_interval_ms: None,
        skip_certificate_verification: false,
        drops_equal: false,
        responses: List::new(0, 0),
    };
}

impl Array {
    /// A table without columns, told apart by its first one.
    pub const BLANK: Self = Self {
        pid: 0,
        name: NO_TEXT,
        line: 0,
        param: ParamIndex(0),
        key_column: 0,
        display_column: None,
        naming: Rows::new(0, 0),
        columns: Rows::new(0, 0),
        page_size: None,
        options: Rows::new(0, 0),
    };
}

impl Column {
    /// The first column, which the connector fills with the first parameter.
    pub const BLANK: Self = Self {
        idx: 0,
        param: ParamIndex(0),
        kind: ColumnKind::Retrieved,
        save: false,
        foreign_key: None,
        value: None,
        polling_rate_ms: None,
        options: Rows::new(0, 0),
    };
}

impl Format {
    /// Nothing beyond the types.
    pub const BLANK: Self = Self {
        bits: BitField { group: None, start: 0, len: 0, used: None, byte_offset: 0, align_right: false },
        base: 10,
        big_endian: false,
        factor: None,
        scale: None,
        sequence: Rows::new(0, 0),
        wraps_at: None,
        decimals: None,
        rounding: Rounding::Down,
        low: None,
        high: None,
        printable: false,
        trim_left: false,
        trim_right: false,
        exceptions: Rows::new(0, 0),
        others: Rows::new(0, 0),
    };
}

impl Monitoring {
    /// Nothing beyond the values of the levels.
    pub const BLANK: Self = Self {
        by_size: false,
        lows: Rows::new(0, 0),
        information: Rows::new(0, 0),
        nominal: None,
        active_ms: None,
        disabled_by: None,
        disabled_value: None,
        threshold: None,
        compared: None,
    };
}

impl Session {
    /// A session without requests that logs in nowhere.
    pub const BLANK: Self = Self {
        id: 0,
        name: NO_TEXT,
        line: 0,
        requests: Rows::new(0, 0),
        login: None,
        user_name: Source::None,
        password: Source::None,
        proxy_server: Source::None,
        proxy_user: Source::None,
        proxy_password: Source::None,
        timeout_ms: None,
        ignore_timeout: false,
        keep_alive: false,
        on_timeout: List::new(0, 0),
    };
}

impl Request {
    /// GET without a path, headers or parameters for the answer.
    pub const BLANK: Self = Self {
        session: 0,
        id: 0,
        name: NO_TEXT,
        line: 0,
        verb: NO_TEXT,
        path: Source::None,
        headers: Rows::new(0, 0),
        body: Body::None,
        timeout_ms: None,
        ignore_timeout: false,
        status_code: None,
        answer_headers: Rows::new(0, 0),
        content: None,
    };
}
