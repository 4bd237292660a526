internal import SluicePOSIX

/// What this process takes of the machine, as `/proc` tells it (proc(5)).
package struct ProcessUsage: Hashable, Sendable {
    /// Memory that is in the machine's.
    package var residentBytes: Int?
    /// Memory that has addresses.
    package var virtualBytes: Int?
    /// The time of processors that was used.
    package var processorSeconds: Double?
    /// Threads.
    package var threads: Int?
    /// Descriptors that are open.
    package var openDescriptors: Int?
    /// The most that may be.
    package var openDescriptorsMax: Int?
    /// When the process began, in seconds since 1970.
    package var startSeconds: Double?

    /// Reads the text of the files; what isn't there or isn't understood stays nil.
    ///
    /// - Parameters:
    ///   - status: `/proc/self/stat`.
    ///   - limits: `/proc/self/limits`.
    ///   - system: `/proc/stat`, which knows when the machine began.
    ///   - ticksPerSecond: What times are counted in.
    ///   - pageBytes: What resident memory is counted in.
    package init(status: String, limits: String, system: String, ticksPerSecond: Int, pageBytes: Int) {
        // The second field is the program's name in parentheses, which may have spaces and parentheses of its own.
        guard let nameEnd = status.lastIndex(of: ")") else { return }
        let fields = status[status.index(after: nameEnd)...].split { $0 == " " || $0 == "\n" }
        // proc(5) counts from 1, and the third field is the first of these.
        func field(_ number: Int) -> Int? { number - 3 < fields.count ? Int(fields[number - 3]) : nil }
        let ticks = Double(ticksPerSecond)
        if let user = field(14), let kernel = field(15) { processorSeconds = Double(user + kernel) / ticks }
        threads = field(20)
        virtualBytes = field(23)
        residentBytes = field(24).map { $0 * pageBytes }
        openDescriptorsMax = Self.number(in: limits, after: "Max open files")
        if let started = field(22), let boot = Self.number(in: system, after: "btime") {
            startSeconds = Double(boot) + Double(started) / ticks
        }
    }

    /// What it is now. It reads a few small files.
    package static func now() -> ProcessUsage {
        func text(_ path: String) -> String { String(decoding: (try? Files.read(path)) ?? [], as: UTF8.self) }
        var usage = ProcessUsage(
            status: text("/proc/self/stat"),
            limits: text("/proc/self/limits"),
            system: text("/proc/stat"),
            ticksPerSecond: ThisProcess.ticksPerSecond,
            pageBytes: ThisProcess.pageBytes
        )
        // One of them is that of the listing.
        usage.openDescriptors = (try? Files.names(in: "/proc/self/fd")).map { $0.count - 1 }
        return usage
    }

    /// The number behind the words that a line begins with.
    private static func number(in text: String, after words: String) -> Int? {
        text.split(separator: "\n").first { $0.hasPrefix(words) }
            .flatMap { $0.dropFirst(words.count).split(separator: " ").first }.flatMap { Int($0) }
    }
}

extension ProcessUsage {
    /// The metrics that Prometheus' own libraries have for each process, by the same names.
    package var families: [MetricFamily] {
        [
            family("process_cpu_seconds_total", "Time of processors used.", .counter, processorSeconds),
            family("process_resident_memory_bytes", "Memory in the machine's.", .gauge, residentBytes.map(Double.init)),
            family("process_virtual_memory_bytes", "Memory with addresses.", .gauge, virtualBytes.map(Double.init)),
            family("process_threads", "Threads.", .gauge, threads.map(Double.init)),
            family("process_open_fds", "Descriptors that are open.", .gauge, openDescriptors.map(Double.init)),
            family("process_max_fds", "Descriptors that may be open.", .gauge, openDescriptorsMax.map(Double.init)),
            family("process_start_time_seconds", "When the process began, since 1970.", .gauge, startSeconds),
        ].compactMap(\.self)
    }

    private func family(
        _ name: String,
        _ help: String,
        _ kind: MetricFamily.Kind,
        _ value: Double?
    ) -> MetricFamily? {
        value.map { MetricFamily(name, help, kind, [MetricSample(.number($0))]) }
    }
}
