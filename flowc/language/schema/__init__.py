"""Whether a document has the shape of a flow or an NCCO: the facts, the schemas, and a fast gate."""
