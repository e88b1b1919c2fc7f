//! The shape of response bodies.

/// The shape of a surface's bodies.
pub(crate) struct Shape<'s> {
    pub body: Node<'s>,
    /// Texts that mean that an optional member is absent.
    pub absent: &'s [&'s str],
}

/// A node of a body's shape.
pub(crate) enum Node<'s> {
    /// An object. It may have other members too, so without members it is any object.
    Object(&'s [Member<'s>]),
    /// A list that is a value of this occurrence.
    List(&'s List<'s>),
    /// The list that holds several errors: the shape of each.
    Errors(&'s Self),
    /// A list that holds no values of this occurrence. It is sent with one element.
    Fixed(&'s Self),
    /// A value to fill in.
    Slot(Slot, Kind),
    /// A text with values to fill in.
    Text(&'s [Part<'s>]),
    /// A constant scalar, as JSON.
    Literal(&'s str),
    /// Any array. It is sent without elements.
    AnyList,
}

/// A member of an object.
pub(crate) struct Member<'s> {
    pub key: &'s str,
    /// Whether the member may be absent or null.
    pub optional: bool,
    pub node: Node<'s>,
}

/// A list that is a value of this occurrence.
pub(crate) struct List<'s> {
    /// The index of the list among the values around it.
    pub param: usize,
    pub holds: Holds,
    /// The shape of each element. Its values have indexes of their own.
    pub element: Node<'s>,
}

/// What a list holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    /// A single value in each element.
    Values,
    /// Items, each with this number of values.
    Items(usize),
}

/// What fills a node.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    /// The code that readers read.
    Code,
    /// The code again. Readers ignore it.
    CodeCopy,
    Status,
    Meaning,
    Fix,
    DocsUrl,
    /// A value of this occurrence or of the item, by its index.
    Param(usize),
}

/// The type of a value.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    /// A text of three digits.
    Digits,
    Integer,
    Number,
    Boolean,
    /// Any JSON value.
    Any,
    /// A wait, as a number of seconds.
    Seconds,
    /// A wait, as a number of milliseconds.
    Milliseconds,
}

/// A part of a text.
pub(crate) enum Part<'s> {
    Literal(&'s str),
    Slot(Slot, Kind),
}
