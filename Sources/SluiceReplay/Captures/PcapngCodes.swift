/// Types of pcapng's blocks that are read or written.
enum PcapngBlockType {
    /// Reads the same in both byte orders.
    static let sectionHeader: UInt32 = 0x0a0d_0d0a
    static let interface: UInt32 = 1
    static let simplePacket: UInt32 = 3
    static let packet: UInt32 = 6
    static let secrets: UInt32 = 10
}

/// Codes of pcapng's options that are read or written. Some mean something else in another block.
enum PcapngOptionCode {
    static let end: UInt16 = 0
    static let comment: UInt16 = 1
    /// Of a section: which program wrote it.
    static let application: UInt16 = 4
    /// Of an interface.
    static let interfaceName: UInt16 = 2
    /// Of an interface.
    static let timeResolution: UInt16 = 9
    /// Of an interface, in seconds.
    static let timeOffset: UInt16 = 14
}
