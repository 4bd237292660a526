// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours: Swift 6 mode (from the tools version), memory safety checked, no warning left standing.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Tests hold OpenSSL's tools and sockets to account; they may use Foundation and need no memory-safety audit.
let tests: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "sluice",
    platforms: [.macOS("26.0")],
    products: [
        .library(name: "Sluice", targets: ["Sluice"]),
        .library(name: "SluicePOSIX", targets: ["SluicePOSIX"]),
        .library(name: "SluicePreamble", targets: ["SluicePreamble"]),
        .library(name: "SluiceAsync", targets: ["SluiceAsync"]),
        .library(name: "SluiceNIO", targets: ["SluiceNIO"]),
        .library(name: "SluiceProxy", targets: ["SluiceProxy"]),
        .library(name: "SluiceProxyService", targets: ["SluiceProxyService"]),
        .library(name: "SluiceSimulation", targets: ["SluiceSimulation"]),
        .library(name: "SluiceReplay", targets: ["SluiceReplay"]),
        .executable(name: "sluice", targets: ["SluiceCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(name: "CRandomStream", dependencies: ["COpenSSL"]),
        .target(name: "SluiceOpenSSL", dependencies: ["COpenSSL", "CRandomStream"], swiftSettings: strict),
        .target(name: "Sluice", dependencies: ["SluiceOpenSSL"], swiftSettings: strict),
        .target(name: "SluicePOSIX", dependencies: ["Sluice", "SluicePreamble"], swiftSettings: strict),
        .target(name: "SluicePreamble", swiftSettings: strict),
        .target(
            name: "SluiceAsync",
            dependencies: ["Sluice"],
            swiftSettings: strict + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        .target(
            name: "SluiceNIO",
            dependencies: [
                "Sluice", "SluiceAsync",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "SluiceProxy",
            dependencies: ["Sluice", "SluiceOpenSSL", "SluicePreamble"],
            swiftSettings: strict
        ),
        .target(
            name: "SluiceProxyService",
            dependencies: [
                "SluiceProxy", "Sluice", "SluicePOSIX", "SluicePreamble", "SluiceReplay",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),
        .target(name: "SluiceReplay", dependencies: ["Sluice"], swiftSettings: strict),
        .target(name: "SluiceSimulation", dependencies: ["Sluice", "SluiceReplay"], swiftSettings: strict),
        .executableTarget(
            name: "SluiceCLI",
            dependencies: [
                "Sluice", "SluicePOSIX", "SluicePreamble", "SluiceProxy", "SluiceProxyService", "SluiceReplay",
                "SluiceSimulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Fixtures",
            path: "Fixtures",
            exclude: ["README.md", "Peers"],
            resources: [
                .copy("Certificates"), .copy("PacketCaptures"), .copy("ClientHellos"), .copy("Captures"),
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceTests",
            dependencies: ["Sluice", "SluiceOpenSSL", "SluiceSimulation", "COpenSSL", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceSimulationTests",
            dependencies: ["SluiceSimulation", "SluiceReplay", "Sluice", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluicePOSIXTests",
            dependencies: ["SluicePOSIX", "SluicePreamble", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(name: "SluicePreambleTests", dependencies: ["SluicePreamble"], swiftSettings: tests),
        .testTarget(
            name: "SluiceAsyncTests",
            dependencies: ["SluiceAsync", "Sluice", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceNIOTests",
            dependencies: [
                "SluiceNIO", "SluiceAsync", "Sluice", "Fixtures",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceProxyTests",
            dependencies: ["SluiceProxy", "SluicePreamble", "SluiceSimulation", "Sluice", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceProxyServiceTests",
            dependencies: [
                "SluiceProxyService", "SluiceProxy", "SluicePOSIX", "SluicePreamble", "SluiceReplay",
                "SluiceSimulation", "Sluice",
                "Fixtures",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceReplayTests",
            dependencies: ["SluiceReplay", "SluiceSimulation", "Sluice", "Fixtures"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SluiceCLITests",
            dependencies: [
                "Sluice", "SluiceCLI", "SluiceOpenSSL", "SluicePOSIX", "SluicePreamble", "SluiceReplay", "Fixtures",
            ],
            exclude: ["Interop/Peers"],
            swiftSettings: tests
        ),
        .testTarget(name: "TidyTests", swiftSettings: tests),
    ]
)
