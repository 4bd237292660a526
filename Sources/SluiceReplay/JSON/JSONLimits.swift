/// The bounds of one line of JSON, each with its reason.
package enum JSONLimits {
    /// The longest line that is read. The longest that is written holds the bytes of a full ring, 16 MiB at most, in
    /// hexadecimal; this leaves as much again for the rest.
    package static let lineBytesMax = 64 * 1024 * 1024

    /// The deepest nesting of arrays and objects. A journal's own is under 8; reading recurses this deep.
    package static let depthMax = 16

    /// The most fields of one object. A journal's own are under 64; finding one by its name looks at all of them.
    package static let fieldsMax = 256

    /// The most values in a line, nested ones included. A configuration with every list full has some 1,000. A value
    /// takes two bytes of text and some fifty of memory, which without this would make 64 MiB into 1.6 GiB.
    package static let valuesMax = 65_536
}
