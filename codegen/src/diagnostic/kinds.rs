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
    /// A reference names nothing.
    DanglingReference = "GL0412" "dangling-reference",
}
