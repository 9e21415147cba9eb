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
    /// Things that do not go together stand in one list.
    MixedContent = "GL0112" "mixed-content",
    /// An element has no meaning any more.
    ObsoleteElement = "GL0113" "obsolete-element",
    /// An attribute repeats what another one says.
    RedundantAttribute = "GL0114" "redundant-attribute",

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
    /// A number is too small.
    ValueTooSmall = "GL0210" "value-too-small",
    /// A number has to be above zero.
    NotPositive = "GL0211" "not-positive",
    /// A lower limit is not below the upper one.
    LowNotBelowHigh = "GL0212" "low-not-below-high",
    /// Values that belong together do not agree.
    InconsistentValues = "GL0213" "inconsistent-values",
    /// A value that is needed is not among those that are there.
    MissingValue = "GL0214" "missing-value",
    /// A value is not the one that was asked for.
    UnexpectedValue = "GL0215" "unexpected-value",
    /// A notation has been superseded.
    OutdatedValue = "GL0216" "outdated-value",
    /// The platform does not carry out this value any more.
    UnsupportedValue = "GL0217" "unsupported-value",
    /// A value is legal, and better avoided.
    DiscouragedValue = "GL0218" "discouraged-value",
    /// A number has leading zeros.
    LeadingZeros = "GL0219" "leading-zeros",
    /// A text that people read is not in title case.
    WrongCasing = "GL0220" "wrong-casing",
    /// A unit is not in the list of units.
    UnknownUnit = "GL0221" "unknown-unit",
    /// An option is not there.
    MissingOption = "GL0222" "missing-option",
    /// An option is there without its value.
    EmptyOption = "GL0223" "empty-option",
    /// An option is given twice.
    DuplicateOption = "GL0224" "duplicate-option",
    /// An option is legal, and better avoided.
    DiscouragedOption = "GL0225" "discouraged-option",
    /// An option has been superseded.
    ObsoleteOption = "GL0226" "obsolete-option",
    /// An option has no meaning there.
    ExcessOption = "GL0227" "excess-option",
    /// A suffix is not one of those that its place accepts.
    InvalidSuffix = "GL0228" "invalid-suffix",
    /// A suffix has been superseded.
    ObsoleteSuffix = "GL0229" "obsolete-suffix",
    /// A construct is legal, and better avoided.
    DiscouragedConstruct = "GL0230" "discouraged-construct",

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
    /// A name contains characters that it cannot have.
    ForbiddenCharacters = "GL0309" "forbidden-characters",
    /// A name contains characters that are better avoided.
    DiscouragedCharacters = "GL0310" "discouraged-characters",
    /// A name starts with a digit.
    DiscouragedStart = "GL0311" "discouraged-start",
    /// A name belongs to the platform.
    ReservedName = "GL0312" "reserved-name",
    /// A name starts with a word that the platform uses.
    ReservedPrefix = "GL0313" "reserved-prefix",
    /// A name is not the usual one.
    DiscouragedName = "GL0314" "discouraged-name",
    /// Two names of the same thing differ.
    InconsistentNames = "GL0315" "inconsistent-names",
    /// A column is not named after its table.
    MissingPrefix = "GL0316" "missing-prefix",
    /// A description ends as that of another column should.
    UnexpectedSuffix = "GL0317" "unexpected-suffix",

    /// A condition breaks the grammar or the types of conditions.
    InvalidCondition = "GL0401" "invalid-condition",
    /// A part of a condition is always the same.
    SimplifiableCondition = "GL0402" "simplifiable-condition",
    /// What runs at the start cannot have a condition.
    ConditionNotAllowed = "GL0403" "condition-not-allowed",
    /// Operators of a condition are worked out in an order that may surprise.
    MixedOperators = "GL0404" "mixed-operators",
    /// An operator of a condition does nothing.
    IgnoredOperator = "GL0405" "ignored-operator",
    /// A reference names nothing.
    DanglingReference = "GL0412" "dangling-reference",
    /// A reference names an item that cannot be used there.
    WrongReferenceKind = "GL0413" "wrong-reference-kind",
    /// Triggers start each other without end.
    EndlessLoop = "GL0414" "endless-loop",
    /// Triggers start each other as long as a condition holds.
    PossibleEndlessLoop = "GL0415" "possible-endless-loop",
    /// A library has been superseded.
    DeprecatedReference = "GL0416" "deprecated-reference",
    /// A foreign key has no relation.
    MissingRelation = "GL0417" "missing-relation",
    /// Two tables of a relation have no foreign key.
    MissingForeignKey = "GL0418" "missing-foreign-key",
    /// A parameter is loaded in order but never saved.
    UnsavedParameter = "GL0419" "unsaved-parameter",

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
    /// The responses of a pair are not cleared.
    MissingClearRoutine = "GL0511" "missing-clear-routine",
    /// Nothing calculates a checksum.
    MissingCrcAction = "GL0512" "missing-crc-action",
    /// A response lacks its header and trailer.
    MissingHeaderTrailer = "GL0513" "missing-header-trailer",
    /// Several triggers wait for the same.
    DuplicateTrigger = "GL0514" "duplicate-trigger",
    /// Several timers run at the same pace.
    DuplicateTimer = "GL0515" "duplicate-timer",
    /// Several timers run at nearly the same pace.
    TooSimilarTimers = "GL0516" "too-similar-timers",

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
    /// A request lacks a header.
    MissingHeader = "GL0606" "missing-header",
    /// A header is sent anyway.
    RedundantHeader = "GL0607" "redundant-header",
    /// A header is not a known one.
    UnknownHeader = "GL0608" "unknown-header",

    /// No connection has the number 0.
    ConnectionNumbers = "GL0701" "connection-numbers",
    /// `dynamic ip` without a number.
    BareDynamicIp = "GL0702" "bare-dynamic-ip",
    /// Pairs that name no connection.
    DefaultConnection = "GL0703" "default-connection",
    /// There is no such type of connection.
    UnknownConnectionType = "GL0704" "unknown-connection-type",
    /// The ping group polls nothing.
    InvalidPingGroup = "GL0705" "invalid-ping-group",
    /// The ping pair expects no response.
    PingPairWithoutResponse = "GL0706" "ping-pair-without-response",
    /// A connection has several ping pairs.
    DuplicatePingPair = "GL0707" "duplicate-ping-pair",

    /// What every connector says about itself is not there: the file is a fragment.
    MissingHead = "GL0801" "missing-element",

    /// It is known to the language, but genlock does not carry it out.
    NotCarriedOut = "GL0901" "not-carried-out",
    /// It is known to the language and has no effect.
    NotUsed = "GL0902" "not-used",

    /// A parameter is needed by clients but not available to them.
    RtDisplayExpected = "GL1001" "rtdisplay-expected",
    /// A parameter is available to clients that none needs.
    RtDisplayUnexpected = "GL1002" "rtdisplay-unexpected",
    /// A monitored parameter has no alarm threshold.
    MissingThreshold = "GL1003" "missing-threshold",
    /// Page buttons open pages of page buttons.
    TooDeepNesting = "GL1004" "too-deep-nesting",
    /// A caption is not in its usual form.
    DiscouragedCaption = "GL1005" "discouraged-caption",
    /// A button that disrupts asks for no confirmation.
    CriticalCaption = "GL1006" "critical-caption",
    /// A menu entry that disrupts asks for no confirmation.
    MisconfiguredConfirmation = "GL1007" "misconfigured-confirmation",
    /// No column holds the name of a row.
    MissingDisplayKeyColumn = "GL1008" "missing-display-key-column",
    /// Several columns hold the name of a row.
    DuplicateDisplayKeyColumn = "GL1009" "duplicate-display-key-column",
    /// Every row would get the same name.
    MissingDynamicPart = "GL1010" "missing-dynamic-part",

    /// A comment allows what does not occur.
    UnusedSuppression = "GL1101" "unused-suppression",
    /// A comment allows what genlock does not know.
    UnknownSuppression = "GL1102" "unknown-suppression",
    /// A comment begins like one that allows something, and does not go on like one.
    MalformedSuppression = "GL1103" "malformed-suppression",
    /// A comment allows an error that cannot be allowed.
    RefusedSuppression = "GL1104" "refused-suppression",
}
