//! What each piece of the report is for somebody who does not see it: a tree of headings, lists,
//! tables and figures (ISO 32000-1, 14.8). Every item of a page names its leaf by its reading order;
//! what has no leaf is decoration, an artifact.

use std::collections::BTreeMap;

/// What a node of the tree is, by the standard structure types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The whole report.
    Document,
    /// A chapter or section with its heading.
    Section,
    /// A heading, level 1 to 3.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Several paragraphs that stand out together.
    Aside,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// What marks or names an item.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// The head of a table.
    TableHead,
    /// The rows of a table.
    TableBody,
    /// A row.
    Row,
    /// A cell that names its column.
    HeadCell,
    /// A cell.
    Cell,
    /// The contents.
    Contents,
    /// An entry of the contents.
    Entry,
    /// A drawing, with the words that say the same.
    Figure(String),
}

impl Role {
    /// The name of the structure type.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::Aside => "Div",
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::Row => "TR",
            Self::HeadCell => "TH",
            Self::Cell => "TD",
            Self::Contents => "TOC",
            Self::Entry => "TOCI",
            Self::Figure(_) => "Figure",
        }
    }

    /// Whether a node is kept though nothing stands in it: a table needs all its cells.
    #[must_use]
    pub const fn holds_place(&self) -> bool {
        matches!(self, Self::HeadCell | Self::Cell)
    }
}

/// A node. Its children come after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node above it; the first node stands above all and is its own.
    pub parent: usize,
}

/// The tree, while it grows and when it is whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// The nodes, parents before children, in reading order.
    pub nodes: Vec<Node>,
    leaves: BTreeMap<u32, usize>,
    /// What is open, each with its last child.
    open: Vec<(usize, Option<usize>)>,
    sections: Vec<u8>,
}

impl Structure {
    /// An empty document.
    #[must_use]
    pub fn new() -> Self {
        let nodes = vec![Node { role: Role::Document, parent: 0 }];
        Self { nodes, leaves: BTreeMap::new(), open: vec![(0, None)], sections: Vec::new() }
    }

    /// The node to which the items of a reading order belong.
    #[must_use]
    pub fn leaf(&self, order: u32) -> Option<usize> {
        self.leaves.get(&order).copied()
    }

    /// The name of a node's structure type.
    #[must_use]
    pub fn tag(&self, node: usize) -> &'static str {
        self.nodes.get(node).map_or("NonStruct", |node| node.role.tag())
    }

    /// Whether a node is a drawing: its lines are then more than decoration.
    #[must_use]
    pub fn is_figure(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| matches!(node.role, Role::Figure(_)))
    }

    /// Opens a node; what follows stands in it.
    pub fn enter(&mut self, role: Role) -> usize {
        let node = self.add(role);
        self.open.push((node, None));
        node
    }

    /// Closes what was opened last.
    pub fn leave(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// Opens the section of a heading and closes those that end before it. Only for what stands in
    /// the body, not inside a block.
    pub fn section(&mut self, level: u8) {
        while self.sections.last().is_some_and(|open| *open >= level) {
            self.sections.pop();
            self.leave();
        }
        self.sections.push(level);
        self.enter(Role::Section);
    }

    /// Opens the list that stands last here, or a new one.
    pub fn enter_list(&mut self) {
        let last = self.open.last().and_then(|(_, last)| *last);
        match last.filter(|last| self.nodes.get(*last).is_some_and(|node| node.role == Role::List)) {
            Some(list) => self.open.push((list, None)),
            None => {
                self.enter(Role::List);
            }
        }
    }

    /// A leaf for the items of a reading order.
    pub fn put(&mut self, order: u32, role: Role) -> usize {
        let node = self.add(role);
        self.leaves.insert(order, node);
        node
    }

    /// A heading whose items are named with [`Structure::belong`].
    pub fn open_heading(&mut self, level: u8) -> usize {
        self.add(Role::Heading(level))
    }

    /// Lets the items of a reading order belong to a node that is there.
    pub fn belong(&mut self, order: u32, node: usize) {
        self.leaves.insert(order, node);
    }

    /// Lets the items of a reading order belong to what is open.
    pub fn belong_here(&mut self, order: u32) {
        let here = self.here();
        self.leaves.insert(order, here);
    }

    fn here(&self) -> usize {
        self.open.last().map_or(0, |(node, _)| *node)
    }

    fn add(&mut self, role: Role) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node { role, parent: self.here() });
        if let Some((_, last)) = self.open.last_mut() {
            *last = Some(node);
        }
        node
    }
}

impl Default for Structure {
    fn default() -> Self {
        Self::new()
    }
}
