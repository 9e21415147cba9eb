//! The kinds of fault: one code and one page each.

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal $fault:literal,)+) => {
        /// A kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        impl Kind {
            /// Every kind, by code.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its code, `GLnnnn`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Its name.
            pub const fn fault(self) -> &'static str {
                match self {
                    $(Self::$kind => $fault,)+
                }
            }

            /// The page that explains it, in Markdown.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$kind => include_str!(concat!("../../explain/", $code, ".md")),)+
                }
            }
        }
    };
}

kinds! {
    /// The file breaks a rule of XML.
    NotWellFormed = "GL0001" "not-well-formed",
    /// The file is not UTF-8.
    UnsupportedEncoding = "GL0002" "unsupported-encoding",
    /// Elements are nested too deep.
    TooDeep = "GL0003" "too-deep-document",
    /// The file is too large.
    TooLarge = "GL0004" "too-large-document",
    /// The file has a document type.
    DocumentType = "GL0005" "document-type",
    /// The outermost element is not `Protocol`.
    MissingRoot = "GL0006" "missing-root",
    /// There are more faults than are listed.
    TooManyFaults = "GL0007" "too-many-faults",

    /// An element is not there.
    MissingElement = "GL0101" "missing-element",
    /// An element is there but blank.
    EmptyElement = "GL0102" "empty-element",
    /// An attribute is not there.
    MissingAttribute = "GL0103" "missing-attribute",
    /// An attribute is there but blank.
    EmptyAttribute = "GL0104" "empty-attribute",
    /// An element stands twice where it can stand once.
    DuplicateElement = "GL0105" "duplicate-element",
    /// The language has no such element there.
    UnknownElement = "GL0106" "unknown-element",
    /// The language has no such attribute there.
    UnknownAttribute = "GL0107" "unknown-attribute",
    /// There is text where none has a meaning.
    UnexpectedText = "GL0108" "unexpected-text",
    /// An attribute has no meaning there.
    ExcessAttribute = "GL0109" "excess-attribute",
    /// An element is not allowed on this item.
    UnsupportedElement = "GL0110" "unsupported-element",
    /// An attribute is not allowed on this item.
    UnsupportedAttribute = "GL0111" "unsupported-attribute",

    /// A value is not one of those that its place accepts.
    InvalidValue = "GL0201" "invalid-value",
    /// There is white space around a value.
    UntrimmedValue = "GL0202" "untrimmed-value",
    /// An option has a wrong value.
    InvalidOption = "GL0203" "invalid-option",
    /// There is no such option.
    UnknownOption = "GL0204" "unknown-option",
    /// A value does not fit another one of the same item.
    IncompatibleValue = "GL0205" "incompatible-value",
    /// A number is too large.
    ValueTooLarge = "GL0206" "value-too-large",
    /// There are several values where one is expected.
    MultipleValues = "GL0207" "multiple-values",
    /// Two lists that belong together have different lengths.
    InconsistentCount = "GL0208" "inconsistent-count",
    /// There are more items than can be.
    TooManyItems = "GL0209" "too-many-items",

    /// Two items have one id.
    DuplicateId = "GL0301" "duplicate-id",
    /// Two items have one name.
    DuplicateName = "GL0302" "duplicate-name",
    /// Two entries of one list have the same value.
    DuplicateValue = "GL0303" "duplicate-value",
    /// A list names one item twice.
    DuplicateReference = "GL0304" "duplicate-reference",
    /// No connector may use this id.
    IdOutOfRange = "GL0305" "id-out-of-range",
    /// This id belongs to another kind of connector.
    ReservedId = "GL0306" "reserved-id-range",
    /// Two headers of one request have the same name.
    DuplicateHeader = "GL0307" "duplicate-header",
    /// Two names are one identifier in Rust.
    NameCollision = "GL0308" "name-collision",

    /// A reference names nothing.
    DanglingReference = "GL0412" "dangling-reference",
    /// A reference names an item that cannot be used there.
    WrongReferenceKind = "GL0413" "wrong-reference-kind",
    /// Triggers start each other without end.
    EndlessLoop = "GL0414" "endless-loop",

    /// Two words do not go together.
    IncompatibleCombination = "GL0501" "incompatible-combination",
    /// Two ways to declare the same thing are mixed.
    ConflictingSyntax = "GL0502" "conflicting-syntax",
    /// The last group of a timer does not hold it back.
    WrongLastGroup = "GL0503" "wrong-last-group",
    /// An action has nothing to work on.
    MissingTarget = "GL0504" "missing-target",
    /// Nothing ends a part of variable length.
    MissingEndMarker = "GL0505" "missing-end-marker",
    /// Nothing composes a command.
    MissingMake = "GL0506" "missing-make-action",
    /// Nothing reads a response.
    MissingRead = "GL0507" "missing-read-action",
    /// A trigger on one item hides what the one on each does.
    HiddenTrigger = "GL0508" "hidden-trigger",
    /// A response is never reached.
    HiddenResponse = "GL0509" "hidden-response",
    /// An element goes into timeout before its retries are used up.
    TimeoutTooShort = "GL0510" "timeout-too-short",

    /// A handshake needs a session with exactly one connection.
    InvalidHandshake = "GL0601" "invalid-handshake",
    /// The WebSocket itself sets this header.
    UnsupportedHeader = "GL0602" "unsupported-header",
    /// Two connections share what each needs for itself.
    SharedParameter = "GL0603" "shared-parameter",
    /// It is unclear to which connection a response belongs.
    UnboundResponse = "GL0604" "unbound-response",
    /// A URL of digits is the id of a parameter.
    NumericUrl = "GL0605" "numeric-url",

    /// No connection has the number 0.
    ConnectionNumbers = "GL0701" "connection-numbers",
    /// `dynamic ip` without a number.
    BareDynamicIp = "GL0702" "bare-dynamic-ip",
    /// Pairs that name no connection.
    DefaultConnection = "GL0703" "default-connection",

    /// What every connector says about itself is not there: the file is a fragment.
    MissingHead = "GL0801" "missing-element",

    /// It is known to the language, but genlock does not carry it out.
    NotCarriedOut = "GL0901" "not-carried-out",
    /// It is known to the language and has no effect.
    NotUsed = "GL0902" "not-used",

    /// A comment allows what does not occur.
    UnusedSuppression = "GL1001" "unused-suppression",
    /// A comment allows what genlock does not know.
    UnknownSuppression = "GL1002" "unknown-suppression",
    /// A comment begins like one that allows something, and does not go on like one.
    MalformedSuppression = "GL1003" "malformed-suppression",
    /// A comment allows an error that cannot be allowed.
    RefusedSuppression = "GL1004" "refused-suppression",
}
