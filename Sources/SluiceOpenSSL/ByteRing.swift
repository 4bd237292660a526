/// Bytes in the order in which they came, in memory that is used round and round.
///
///     memory   ████░░░░░░░░████████      start = 12, count = 12, size = 20
///              ▲   ▲       ▲
///              │   end     start
///              └ the readable stretch ends here, the rest follows from 0
///
/// It takes memory as it needs it, in powers of two up to its capacity, and none before the first byte: what nobody fills
/// costs nothing. Whoever looks from outside sees the capacity alone.
@safe struct ByteRing: ~Copyable {
    /// The most bytes that are in it.
    let capacity: Int

    /// How many bytes are in it, `0...capacity`.
    private(set) var count = 0

    /// Owned: freed in ``giveBack()`` or `deinit`. `size` bytes.
    private var memory: UnsafeMutableRawPointer?
    private var size = 0

    /// Where the oldest byte is, `0..<size`.
    private var start = 0

    init(capacity: Int) {
        unsafe memory = nil
        self.capacity = capacity
    }

    deinit {
        unsafe memory?.deallocate()
    }

    /// How many bytes it takes before it is full.
    var freeCount: Int { capacity - count }

    /// A byte, by its place among those that are in it, `0..<count`.
    subscript(place: Int) -> UInt8 {
        assert(place >= 0 && place < count, "there is no byte in that place")
        return unsafe memory?.load(fromByteOffset: wrapped(start + place), as: UInt8.self) ?? 0
    }

    /// Appends as many bytes as fit. Returns how many.
    @inline(__always)
    mutating func append(copying bytes: UnsafeRawBufferPointer) -> Int {
        let end = start &+ count
        guard bytes.count <= size &- end, let source = bytes.baseAddress, let memory = unsafe memory else {
            return unsafe appendInTwo(bytes)
        }
        unsafe (memory + end).copyMemory(from: source, byteCount: bytes.count)
        count &+= bytes.count
        return bytes.count
    }

    /// Appends where there isn't enough room in a row.
    private mutating func appendInTwo(_ bytes: UnsafeRawBufferPointer) -> Int {
        let taken = min(bytes.count, freeCount)
        guard taken > 0, let source = bytes.baseAddress else { return 0 }
        let memory = unsafe memory(for: count + taken)
        let end = wrapped(start + count)
        let first = min(taken, size - end)
        unsafe (memory + end).copyMemory(from: source, byteCount: first)
        if first < taken { unsafe memory.copyMemory(from: source + first, byteCount: taken - first) }
        count += taken
        return taken
    }

    /// Moves the oldest bytes out, as many as there are or fit. Returns how many.
    mutating func move(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let taken = min(buffer.count, count)
        guard taken > 0, let target = buffer.baseAddress, let memory = unsafe memory else { return 0 }
        let first = min(taken, size - start)
        unsafe target.copyMemory(from: memory + start, byteCount: first)
        if first < taken { unsafe (target + first).copyMemory(from: memory, byteCount: taken - first) }
        removeFirst(taken)
        return taken
    }

    /// The oldest bytes, as far as they lie in a row. Valid until the ring is changed.
    var readableStretch: UnsafeRawBufferPointer {
        let first = unsafe memory.map { unsafe UnsafeRawPointer($0 + start) }
        return unsafe UnsafeRawBufferPointer(start: first, count: min(count, size - start))
    }

    /// Forgets the oldest bytes.
    mutating func removeFirst(_ count: Int) {
        assert(count >= 0 && count <= self.count, "more was taken than was there")
        self.count -= count
        // From the beginning again where that is possible: then what comes next lies in a row.
        start = self.count == 0 ? 0 : wrapped(start + count)
    }

    /// Room for bytes, as far as it lies in a row; none if the ring is full. Valid until the ring is changed.
    ///
    /// - Complexity: Takes all of the ring's memory, as it isn't known how many bytes will come.
    mutating func writableStretch() -> UnsafeMutableRawBufferPointer {
        guard freeCount > 0 else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        let memory = unsafe memory(for: capacity)
        let end = wrapped(start + count)
        return unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: min(freeCount, size - end))
    }

    /// Says that so many bytes were put into the ``writableStretch()``.
    mutating func didWrite(_ count: Int) {
        assert(count >= 0 && count <= freeCount, "more was put in than there was room for")
        self.count += count
    }

    /// Gives the memory back if the ring is empty.
    mutating func giveBack() {
        guard count == 0 else { return }
        unsafe memory?.deallocate()
        unsafe (memory, size, start) = (nil, 0, 0)
    }

    private func wrapped(_ index: Int) -> Int { index < size ? index : index - size }

    /// The memory, made large enough for so many bytes first.
    private mutating func memory(for needed: Int) -> UnsafeMutableRawPointer {
        if needed <= size, let memory = unsafe memory { return unsafe memory }
        return unsafe grow(toHold: needed)
    }

    private mutating func grow(toHold needed: Int) -> UnsafeMutableRawPointer {
        assert(needed > 0 && needed <= capacity, "a ring was to hold more than its capacity")
        var larger = smallRingBytes
        while larger < needed { larger *= 2 }
        larger = min(larger, capacity)
        let target = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: ringAlignment)
        let count = unsafe move(into: UnsafeMutableRawBufferPointer(start: target, count: larger))
        unsafe memory?.deallocate()
        unsafe (memory, size, start, self.count) = (target, larger, 0, count)
        return unsafe target
    }
}

/// What a ring takes at first: a small server's flight, or a few messages.
private let smallRingBytes = 1024

/// What malloc gives anyway, so that nothing has to be kept beside the memory.
private let ringAlignment = 16
