// swift-tools-version: 6.2

import PackageDescription

/// What Sluice does among the packages that Swift servers are made of. Apart from the library, so that its users don't
/// resolve them.
let tests: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "sluice-examples",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "sluice", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    ],
    targets: [
        .testTarget(
            name: "EcosystemTests",
            dependencies: [
                .product(name: "Sluice", package: "sluice"),
                .product(name: "SluiceNIO", package: "sluice"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            ],
            swiftSettings: tests
        )
    ]
)
