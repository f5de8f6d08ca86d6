package io.narthex.storage;

/** Something that takes samples and can be asked for them. */
public interface Storage extends Appendable, Queryable {}
