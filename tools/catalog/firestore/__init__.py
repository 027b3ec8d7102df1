"""A catalogue in Firestore, for more than one machine; `deployment/catalogue.md` says when, and what it costs.

``catalogs/NAME`` is the head: the manifest, and the generation that serves. Products are documents of
``catalogs/NAME/generations/ID/catalog_products``, one each; the words of the shop lie beside them in
``catalog_words``. A reader reads everything as of one moment at which the head it read was the head
(`settled_moment`), so it sees one state, whole, however many queries it makes; an import writes a new generation and
then the head, a change writes products and head in one commit.
"""
