//! The tags: what the pieces of the pages are, for readers who do not see them (ISO 32000-1, 14.7).

use super::{dictionary, name, text};
use crate::layout::structure::{Role, Structure};
use crate::paint::{PaintedLink, Piece};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// What stands in an element.
enum Kid {
    Element(ObjectId),
    /// A marked piece: page, and its number there.
    Piece(usize, usize),
    /// The area of a link.
    Area(usize, ObjectId),
}

/// An element to be.
struct Element {
    id: ObjectId,
    kids: Vec<Kid>,
}

/// Adds the tree and ties pages and links to it. The answer is its root.
pub(super) fn tree(
    document: &mut Document,
    structure: &Structure,
    pieces: &[Vec<Piece>],
    links: &[Vec<PaintedLink>],
) -> ObjectId {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let mut elements: Vec<Element> =
        structure.nodes.iter().map(|_| Element { id: document.new_object_id(), kids: Vec::new() }).collect();
    let mut numbers: Vec<Object> = Vec::new();
    let mut area_parents: Vec<ObjectId> = Vec::new();
    for (page, (pieces, links)) in pieces.iter().zip(links).enumerate() {
        let Some(page_id) = pages.get(page).copied() else { continue };
        let areas = tie_links(document, page_id, links, pages.len() + area_parents.len());
        let mut owners = Vec::with_capacity(pieces.len());
        let mut of_links: BTreeMap<usize, Element> = BTreeMap::new();
        for (number, piece) in pieces.iter().enumerate() {
            let Some(element) = elements.get_mut(piece.node) else { continue };
            let Some(link) = piece.link else {
                element.kids.push(Kid::Piece(page, number));
                owners.push(Object::Reference(element.id));
                continue;
            };
            let linked = of_links.entry(link).or_insert_with(|| {
                let id = document.new_object_id();
                element.kids.push(Kid::Element(id));
                Element { id, kids: Vec::new() }
            });
            linked.kids.push(Kid::Piece(page, number));
            owners.push(Object::Reference(linked.id));
        }
        for (index, link) in links.iter().enumerate() {
            let (Some(area), Some(node)) = (areas.get(index).copied(), link.node) else { continue };
            let Some(parent) = elements.get_mut(node) else { continue };
            let mut linked = of_links.remove(&index).unwrap_or_else(|| {
                let id = document.new_object_id();
                parent.kids.push(Kid::Element(id));
                Element { id, kids: Vec::new() }
            });
            linked.kids.push(Kid::Area(page, area));
            area_parents.push(linked.id);
            let entry = dictionary([("S", name("Link")), ("P", parent.id.into())]);
            write(document, &pages, linked, entry);
        }
        numbers.extend([Object::Integer(whole(page)), owners.into()]);
        if let Ok(entry) = document.get_object_mut(page_id).and_then(Object::as_dict_mut) {
            entry.set("StructParents", Object::Integer(whole(page)));
            entry.set("Tabs", name("S"));
        }
    }
    for (key, parent) in (pages.len()..).zip(area_parents.iter().copied()) {
        numbers.extend([Object::Integer(whole(key)), parent.into()]);
    }
    let next = Object::Integer(whole(pages.len() + area_parents.len()));
    write_nodes(document, &pages, structure, elements, root);
    let parents = document.add_object(dictionary([("Nums", numbers.into())]));
    if let Ok(root) = document.get_object_mut(root).and_then(Object::as_dict_mut) {
        root.set("ParentTree", parents);
        root.set("ParentTreeNextKey", next);
    }
    root
}

/// From the leaves up, so that what is empty is known when its parent is written.
fn write_nodes(
    document: &mut Document,
    pages: &[ObjectId],
    structure: &Structure,
    mut elements: Vec<Element>,
    root: ObjectId,
) {
    let mut above: Vec<Vec<ObjectId>> = structure.nodes.iter().map(|_| Vec::new()).collect();
    for (index, node) in structure.nodes.iter().enumerate().rev() {
        let Some(mut element) = elements.pop() else { return };
        let mut kids = above.pop().unwrap_or_default();
        kids.reverse();
        element.kids.splice(0..0, kids.into_iter().map(Kid::Element));
        if element.kids.is_empty() && !node.role.holds_place() && index > 0 {
            continue;
        }
        let parent = elements.get(node.parent).filter(|_| index > 0).map_or(root, |parent| parent.id);
        let mut entry = dictionary([("S", name(node.role.tag())), ("P", parent.into())]);
        match &node.role {
            Role::Figure(words) => entry.set("Alt", text(words)),
            Role::HeadCell => entry.set("A", dictionary([("O", name("Table")), ("Scope", name("Column"))])),
            _ => {}
        }
        if index > 0
            && let Some(siblings) = above.get_mut(node.parent)
        {
            siblings.push(element.id);
        }
        if index == 0 {
            let top = dictionary([("Type", name("StructTreeRoot")), ("K", vec![element.id.into()].into())]);
            document.set_object(root, top);
        }
        write(document, pages, element, entry);
    }
}

fn write(document: &mut Document, pages: &[ObjectId], element: Element, mut entry: Dictionary) {
    let pages_of = |kid: &Kid| match kid {
        Kid::Piece(page, _) | Kid::Area(page, _) => Some(*page),
        Kid::Element(_) => None,
    };
    let home = element.kids.iter().find_map(pages_of);
    let page_id = |page: usize| pages.get(page).copied().map_or(Object::Null, Object::Reference);
    if let Some(home) = home {
        entry.set("Pg", page_id(home));
    }
    let mut kids: Vec<Object> = element
        .kids
        .iter()
        .map(|kid| match *kid {
            Kid::Element(id) => id.into(),
            Kid::Piece(page, number) if Some(page) == home => Object::Integer(whole(number)),
            Kid::Piece(page, number) => {
                dictionary([("Type", name("MCR")), ("Pg", page_id(page)), ("MCID", Object::Integer(whole(number)))])
                    .into()
            }
            Kid::Area(page, area) => {
                dictionary([("Type", name("OBJR")), ("Pg", page_id(page)), ("Obj", area.into())]).into()
            }
        })
        .collect();
    match kids.len() {
        0 => {}
        1 => entry.set("K", kids.swap_remove(0)),
        _ => entry.set("K", kids),
    }
    document.set_object(element.id, entry);
}

/// Makes each link of a page an object of its own that knows its place in the tree.
fn tie_links(document: &mut Document, page: ObjectId, links: &[PaintedLink], mut key: usize) -> Vec<ObjectId> {
    let annotations = document
        .get_object(page)
        .and_then(Object::as_dict)
        .and_then(|page| page.get(b"Annots"))
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    let mut ids = Vec::with_capacity(annotations.len());
    for (annotation, link) in annotations.into_iter().zip(links) {
        let Object::Dictionary(mut area) = annotation else { continue };
        // Printed with the page, as an archive asks.
        area.set("F", Object::Integer(4));
        area.set("Contents", text(&link.words));
        if link.node.is_some() {
            area.set("StructParent", Object::Integer(whole(key)));
            key += 1;
        }
        ids.push(document.add_object(area));
    }
    if !ids.is_empty()
        && let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut)
    {
        page.set("Annots", ids.iter().copied().map(Object::Reference).collect::<Vec<_>>());
    }
    ids
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
