// swift-tools-version: 6.2

import PackageDescription

/// What Sluice does among the packages that Swift servers are made of. Apart from the library, so that its users don't
/// resolve them.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let tests: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Reads the options of the examples.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func sluice(_ names: String...) -> [Target.Dependency] { names.map { .product(name: $0, package: "sluice") } }
func nio(_ names: String...) -> [Target.Dependency] { names.map { .product(name: $0, package: "swift-nio") } }

let package = Package(
    name: "sluice-examples",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "sluice", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    ],
    targets: [
        .executableTarget(name: "custom-transport", dependencies: sluice("Sluice"), swiftSettings: strict),
        .executableTarget(
            name: "serial-line",
            dependencies: sluice("Sluice", "SluicePOSIX") + [argumentParser],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "framed-stream",
            dependencies: sluice("Sluice", "SluiceAsync") + nio("NIOCore", "NIOHTTP1", "NIOPosix", "NIOWebSocket")
                + [argumentParser],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "nio-echo-server",
            dependencies: sluice("Sluice", "SluiceNIO") + nio("NIOCore", "NIOPosix", "NIOTLS") + [
                argumentParser,
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "async-client",
            dependencies: sluice("Sluice", "SluiceAsync", "SluiceNIO") + nio("NIOCore", "NIOPosix") + [argumentParser],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "http-server",
            dependencies: sluice("Sluice", "SluiceNIO") + nio("NIOCore", "NIOTLS") + [
                argumentParser,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Programs",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/Programs",
            swiftSettings: tests
        ),
        .testTarget(
            name: "EcosystemTests",
            dependencies: ["Programs"] + sluice("Sluice", "SluiceNIO")
                + nio("NIOCore", "NIOEmbedded", "NIOHTTP1", "NIOPosix", "NIOTLS") + [
                    .product(name: "NIOSSL", package: "swift-nio-ssl"),
                    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                    .product(name: "Subprocess", package: "swift-subprocess"),
                ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "ExamplesTests",
            dependencies: [
                "custom-transport", "serial-line", "framed-stream", "nio-echo-server", "async-client", "http-server",
                "Programs",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: tests
        ),
    ]
)
