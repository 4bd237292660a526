/// What tells one version of a file from another without reading it.
package struct FileStamp: Hashable, Sendable {
    /// Which file it is: another after a rename, or after a link was led elsewhere.
    package let identity: FileIdentity

    /// Its size.
    package let bytes: Int64

    /// When it was written last, since 1970.
    package let modified: Duration

    /// A stamp of these parts.
    package init(identity: FileIdentity, bytes: Int64, modified: Duration) {
        self.identity = identity
        self.bytes = bytes
        self.modified = modified
    }
}
