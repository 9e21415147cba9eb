//! How an element is shown: its pages, and the captions, units, forms and places of its parameters.
//!
//! This stands apart from the tables: the engine has no use for it. Generated code holds it as one text, JSON, that only
//! pages ask for: it costs the compiler one token, and a driver that shows no page has none of it in its binary.

mod json;

/// What an operator sees of an element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// `Protocol/Description`.
    pub description: String,
    /// The pages, in the order in which they are listed.
    pub pages: Vec<Page>,
    /// The parameters that are shown, in document order.
    pub fields: Vec<Field>,
}

/// One entry in the list of pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PageKind,
    /// Its parameters stand in one wide column (`Protocol/Display@wideColumnPages`).
    pub wide: bool,
    /// It is the one that is shown first (`Protocol/Display@defaultPage`).
    pub first: bool,
    /// When it is listed; always without one.
    pub visibility: Option<Visibility>,
}

/// What an entry in the list of pages is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PageKind {
    /// A page in the list.
    #[default]
    Listed,
    /// A page that only a page button opens.
    PopUp,
    /// A line between pages.
    Separator,
    /// The address of a page elsewhere, with its placeholders.
    Link(String),
}

/// When a page is listed (`Protocol/Display/Pages/Page/Visibility`).
#[derive(Clone, Debug, PartialEq)]
pub struct Visibility {
    /// Whether it is listed while the parameter has another value.
    pub default: bool,
    /// The id of the parameter that turns this round.
    pub pid: u32,
    /// The value with which it does.
    pub value: String,
}

/// How a parameter is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// The parameter's id.
    pub pid: u32,
    /// Its Description, else its Name.
    pub caption: String,
    /// `Information/Subtext`: what it is about.
    pub help: String,
    /// `Measurement/Type`.
    pub form: Form,
    /// How its number is written.
    pub number: NumberForm,
    /// `Display/Units`.
    pub unit: String,
    /// `Display/Decimals` (PARAM-165).
    pub decimals: Option<u32>,
    /// `Display/Range/Low` of what is read.
    pub low: Option<f64>,
    /// `Display/Range/High` of what is read.
    pub high: Option<f64>,
    /// `Measurement/Type@lines`: how many lines of its text are seen; 0 when the file does not say it.
    pub lines: u32,
    /// `Measurement/Type@case`: how its text is entered (PARAM-169).
    pub case: LetterCase,
    /// `Display/Trending@logarithmic`.
    pub logarithmic: bool,
    /// `Message`: what is asked before it is set.
    pub question: String,
    /// Of a write parameter the one that shows what was set, of a read parameter the one that sets it.
    pub partner: Option<u32>,
    /// `Discreets@dependencyId`: the parameter whose text decides on the choices (PARAM-164).
    pub depends_on: Option<u32>,
    /// What may be chosen, where the parameter's discreets do not say it all.
    pub choices: Vec<Choice>,
    /// Where it stands.
    pub places: Vec<Place>,
}

/// The form of a parameter on a page (`Measurement/Type`, PARAM-160).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// A number with a scale beside it.
    Analog,
    /// Buttons, one a discreet (PARAM-145).
    Button,
    /// A chart of a table.
    Chart,
    /// A number that is one of two texts.
    DigitalThreshold,
    /// One of its discreets.
    Discreet,
    /// A matrix of cross points.
    Matrix,
    /// A number.
    Number,
    /// A button that opens a page (PARAM-146).
    PageButton,
    /// A bar.
    Progress,
    /// A text.
    #[default]
    Text,
    /// A table.
    Table,
    /// The upper edge of a box around what follows in its column.
    Title,
    /// The lower edge of that box.
    TitleEnd,
    /// A button that sets the discreet that does not hold (PARAM-147).
    ToggleButton,
}

/// How a number is written (PARAM-167, PARAM-168).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberForm {
    /// As digits.
    #[default]
    Plain,
    /// As hexadecimal digits.
    Hexadecimal,
    /// With one digit before the point and an exponent.
    Normalised,
    /// With an exponent that is a multiple of three.
    Engineering,
    /// Seconds, as a duration.
    Seconds,
    /// Minutes, as a duration.
    Minutes,
    /// Hours, as a duration.
    Hours,
    /// Seconds since midnight, as a time of the day.
    TimeOfDay,
    /// Days since 1899-12-30, as a date.
    Date,
    /// Days since 1899-12-30, as date and time.
    DateTime,
}

/// How the letters of a text are entered (`Measurement/Type@case`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LetterCase {
    /// As they are.
    #[default]
    AsEntered,
    /// As small letters.
    Lower,
    /// As capitals.
    Upper,
}

/// Something that may be chosen (`Measurement/Discreets/Discreet`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The raw value.
    pub value: String,
    /// What is shown for it.
    pub display: String,
    /// `Tooltip`.
    pub help: String,
    /// `@options`, `confirm:`: what is asked before it is set.
    pub question: String,
    /// `@dependencyValues`: the texts of [`Field::depends_on`] with which it is offered; empty: with all (PARAM-164).
    pub offered_with: String,
    /// `Display@state` is `disabled`: beside free input it is an exceptional value of its own (PARAM-150).
    pub exceptional: bool,
}

/// A place on a page (`Display/Positions/Position`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page's position in the list of pages.
    pub page: u32,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// `Page@measType`: another form than elsewhere.
    pub form: Option<Form>,
}
