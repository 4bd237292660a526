/// The bounds of what watches the service, each with its reason.
package enum OperationsLimits {
    /// The most metrics of different names. The proxy has some 30.
    package static let metricsMax = 256

    /// The most series of one metric: 100 routes with ten outcomes each. What comes after is one series, `other`.
    package static let seriesPerMetricMax = 1000

    /// The most buckets of a histogram. Each is a line of every series.
    package static let bucketsMax = 64

    /// The longest line of a log: what Linux writes to a pipe whole, whoever else writes to it (`PIPE_BUF`).
    package static let logLineBytesMax = 4096

    /// The most bytes of one text in a log, escaped. The longest name of a host has 253.
    package static let logValueBytesMax = 1024

    /// The longest key, and the longest number.
    package static let logKeyBytesMax = 64

    /// The most fields of a line. A connection's has some 20.
    package static let logFieldsMax = 64

    /// The most bytes of lines that wait to be written: some 5,000 connections' while nobody reads.
    package static let logQueueBytesMax = 1024 * 1024

    /// The longest line for `systemctl status`.
    package static let statusCharactersMax = 256

    /// The most sockets of a unit. systemd opens one for each `ListenStream=`.
    package static let activatedSocketsMax = 256

    /// The most header fields of a request to the admin server. A browser sends some 20.
    package static let adminHeaderFieldsMax = 64

    /// How many looks in turn may find files that have changed again before they are told of all the same: one that is
    /// written without an end mustn't hide the others.
    package static let unsettledLooksMax = 10

    /// The most characters of a route, a peer and a side in the name of a file, which has up to 255.
    package static let journalNamePartMax = 64

    /// The most journals of one route and peer in a second.
    package static let journalsOfOneNameMax = 1000
}
