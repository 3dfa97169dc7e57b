//! The bookmarks.

use super::{dictionary, text};
use crate::layout::{PAGE_HEIGHT, PlacedHeading};
use lopdf::{Document, Object, ObjectId};

/// A node of the outline, and where it hangs.
struct Node {
    id: ObjectId,
    level: u8,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// The bookmarks, nested as the headings are. Answers `None` if there are no headings.
pub(crate) fn outline(document: &mut Document, headings: &[PlacedHeading]) -> Option<ObjectId> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let nodes = nest(document, headings);
    let top: Vec<usize> =
        (0..nodes.len()).filter(|index| nodes.get(*index).is_some_and(|node| node.parent.is_none())).collect();
    let id_of = |index: usize| nodes.get(index).map(|node| node.id);
    let (first, last) = (id_of(*top.first()?)?, id_of(*top.last()?)?);
    let root = document.new_object_id();
    for (index, (node, heading)) in nodes.iter().zip(headings).enumerate() {
        let siblings = node.parent.and_then(|parent| nodes.get(parent)).map_or(&top, |parent| &parent.children);
        let place = siblings.iter().position(|sibling| *sibling == index)?;
        let page = pages.get(heading.page).copied()?;
        let destination = vec![
            Object::Reference(page),
            Object::Name(b"XYZ".to_vec()),
            Object::Integer(0),
            Object::Real((PAGE_HEIGHT - heading.y + 12.0).round()),
            Object::Null,
        ];
        let mut entry = dictionary([
            ("Title", text(&heading.text.split_whitespace().collect::<Vec<_>>().join(" "))),
            ("Parent", node.parent.and_then(id_of).unwrap_or(root).into()),
            ("Dest", destination.into()),
        ]);
        let before = place.checked_sub(1).and_then(|before| siblings.get(before));
        for (key, sibling) in [("Prev", before), ("Next", siblings.get(place + 1))] {
            if let Some(id) = sibling.and_then(|sibling| id_of(*sibling)) {
                entry.set(key, id);
            }
        }
        if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
            entry.set("First", id_of(*first)?);
            entry.set("Last", id_of(*last)?);
            // Closed: a reader opens what is wanted.
            entry.set("Count", -i64::try_from(node.children.len()).unwrap_or(i64::MAX));
        }
        document.set_object(node.id, entry);
    }
    let count = i64::try_from(top.len()).unwrap_or(i64::MAX);
    let entry = dictionary([
        ("Type", Object::Name(b"Outlines".to_vec())),
        ("First", first.into()),
        ("Last", last.into()),
        ("Count", Object::Integer(count)),
    ]);
    document.set_object(root, entry);
    Some(root)
}

fn nest(document: &mut Document, headings: &[PlacedHeading]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(headings.len());
    let mut open: Vec<usize> = Vec::new();
    for heading in headings {
        while open.last().and_then(|last| nodes.get(*last)).is_some_and(|node| node.level >= heading.level) {
            open.pop();
        }
        let parent = open.last().copied();
        let index = nodes.len();
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.children.push(index);
        }
        nodes.push(Node { id: document.new_object_id(), level: heading.level, parent, children: Vec::new() });
        open.push(index);
    }
    nodes
}
