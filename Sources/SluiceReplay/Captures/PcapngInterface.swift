/// What a pcapng section says of an interface: link type 2, reserved 2, longest packet 4, options.
struct PcapngInterface {
    let linkType: UInt16

    /// The most bytes of a packet that were captured.
    let snapshotBytesMax: Int

    /// Nil where a second has more units than can be counted.
    private var unitsPerSecond: UInt128? = 1_000_000
    private var offsetSeconds: Int64 = 0

    /// Nil if the bytes end too soon.
    init?(_ block: WireReader) {
        var reader = block
        guard let linkType = reader.takeUInt16(), reader.takeUInt16() != nil, let longest = reader.takeCount() else {
            return nil
        }
        self.linkType = linkType
        snapshotBytesMax = longest == 0 ? .max : longest
        readOptions(reader)
    }

    /// The moment of so many units; nil if it can't be told.
    func time(_ units: UInt64) -> CaptureTime? {
        guard let unitsPerSecond else { return nil }
        let nanoseconds = UInt128(units) * 1_000_000_000 / unitsPerSecond
        let (offset, isFar) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard let nanoseconds = Int64(exactly: nanoseconds), !isFar else { return nil }
        let (sum, isTooFar) = nanoseconds.addingReportingOverflow(offset)
        return isTooFar ? nil : CaptureTime(nanosecondsSince1970: sum)
    }

    /// Options: code 2, length 2, value, padded to 4. Damaged ones are as none: the packets can be read without.
    private mutating func readOptions(_ options: WireReader) {
        var reader = options
        while let code = reader.takeUInt16(), let count = reader.takeUInt16(), code != 0,
            let value = reader.take(Int(count)), reader.take(-Int(count) & 3) != nil
        {
            readOption(code, WireReader(value, order: options.order))
        }
    }

    private mutating func readOption(_ code: UInt16, _ value: WireReader) {
        var value = value
        switch code {
        case PcapngOptionCode.timeResolution:
            guard let resolution = value.takeUInt8() else { return }
            unitsPerSecond = Self.unitsPerSecond(resolution)
        case PcapngOptionCode.timeOffset:
            guard let offset = value.takeUInt64() else { return }
            offsetSeconds = Int64(bitPattern: offset)
        default:
            break
        }
    }

    /// A power of ten, or with the highest bit set, of two.
    private static func unitsPerSecond(_ resolution: UInt8) -> UInt128? {
        let exponent = Int(resolution & 0x7f)
        if resolution & 0x80 != 0 { return 1 << exponent }
        guard exponent <= 38 else { return nil }
        return (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
