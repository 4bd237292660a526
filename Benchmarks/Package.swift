// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "sluice-benchmarks",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "sluice", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(name: "CLoop", dependencies: ["CLibSSL"], cSettings: [.unsafeFlags(["-O2"])]),
        .executableTarget(
            name: "sluice-bench",
            dependencies: [
                "CLoop",
                .product(name: "Sluice", package: "sluice"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/SluiceBench",
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
