// swift-tools-version: 6.2

import PackageDescription

/// C of ours is optimised in every build, and free of warnings.
let strictC: [CSetting] = [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])]

let package = Package(
    name: "sluice-benchmarks",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "sluice", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(name: "CLoop", dependencies: ["CHeap", "CLibSSL"], cSettings: strictC),
        .target(name: "CHeap", dependencies: ["CLibSSL"], cSettings: strictC),
        .target(name: "CCore", cSettings: strictC),
        .executableTarget(
            name: "sluice-bench",
            dependencies: [
                "CCore",
                "CHeap",
                "CLoop",
                .product(name: "Sluice", package: "sluice"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Sources/SluiceBench",
            exclude: ["Python"],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
