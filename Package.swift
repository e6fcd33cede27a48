// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// Settings of every Swift target. `Lifetimes` is the one experimental flag: the buffer and table
/// types vend spans that must not outlive them.
let houseSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Which ways through the hot side are taken, as `Scripts/profile` has counted, for the optimizer. Functions that were
/// changed since are compiled as if there were none, and so is everything where the file is missing, while it
/// is being made, and in the fuzzer.
let profile: [SwiftSetting] = {
    let path = Context.packageDirectory + "/Benchmarks/Profile/runtime.profdata"
    let isWanted = ["WSROUTE_PROFILE", "WSROUTE_FUZZ"].allSatisfy { Context.environment[$0] == nil }
    guard isWanted, FileManager.default.isReadableFile(atPath: path) else { return [] }
    return [
        .unsafeFlags(["-Xfrontend", "-ir-profile-use=\(path)"], .when(configuration: .release))
    ]
}()

func stage(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseSettings + settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: houseSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: houseSettings)
}

let package = Package(
    name: "wsroute",
    products: [
        .executable(name: "wsroute", targets: ["wsroute"]),
        .executable(name: "wsproxy", targets: ["wsproxy"]),
        .executable(name: "wsorigin", targets: ["wsorigin"]),
    ],
    targets: [
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
        .target(name: "CChecksum"),
        // Inlined functions for sixteen bytes at once.
        .target(name: "CBytes"),
        // The JSON schema inside the programs, taken from the file itself.
        .target(name: "CSchema"),
        // The page of the admin listener: HTML, CSS and JavaScript inside the program.
        .target(name: "CAdminPage", exclude: ["assets"]),
        // Replaces the allocator's entries by counting ones: for `wsroute bench`, in no other program.
        .target(name: "CAllocations"),

        // Writes JSON, for everything that answers in it.
        stage("JSON"),

        // The cold side: YAML text to table bytes.
        stage("Diagnostics", ["JSON"]),
        stage("RouteSyntax", ["CYAML", "Diagnostics"]),
        stage("Validate", ["CPCRE2", "CSchema", "Diagnostics", "RouteSyntax"]),
        stage(
            "RouteCompiler", ["COpenSSL", "CPCRE2", "Diagnostics", "TableFormat", "Validate"]),

        // What both sides share: the layout of the file, and the one reader and matcher of it.
        stage("TableFormat", ["CChecksum"]),
        stage("RouteTable", ["CBytes", "CLinux", "COpenSSL", "CPCRE2", "JSON", "TableFormat"]),

        // Assertions about a table, read from YAML.
        stage("RouteTests", ["Diagnostics", "JSON", "RouteSyntax", "RouteTable"]),

        // The hot side.
        stage(
            "Runtime",
            [
                "CAdminPage", "CAres", "CBytes", "CCrypt", "CLinux", "COpenSSL", "JSON",
                "RouteTable", "TableFormat",
            ], settings: profile),

        // The programs.
        stage("Arguments"),
        program(
            "wsroute",
            [
                "Arguments", "CAllocations", "Diagnostics", "RouteCompiler", "RouteSyntax",
                "RouteTable", "RouteTests", "TableFormat", "Validate",
            ]),
        program("wsproxy", ["Arguments", "Runtime", "TableFormat"]),
        program("wsorigin", ["Arguments", "CLinux", "COpenSSL", "JSON"]),

        .target(
            name: "FuzzEntries",
            dependencies: [
                "RouteCompiler", "RouteSyntax", "RouteTable", "Runtime", "TableFormat",
                "TestSupport",
                "Validate",
            ],
            path: "Fuzz/Entries", swiftSettings: houseSettings),
        .target(
            name: "TestSupport", dependencies: ["CLinux", "COpenSSL"], path: "Tests/TestSupport",
            swiftSettings: houseSettings),
        .target(
            name: "MatchOracle",
            dependencies: [
                "CPCRE2", "Diagnostics", "RouteCompiler", "RouteTable", "TableFormat",
                "TestSupport", "Validate",
            ], path: "Tests/MatchOracle", swiftSettings: houseSettings),
        .executableTarget(
            name: "FuzzRunner",
            dependencies: [
                "FuzzEntries", "MatchOracle", "RouteCompiler", "RouteTable", "TestSupport",
            ],
            path: "Fuzz/Runner", swiftSettings: houseSettings),
        tests("ArgumentsTests", ["Arguments"]),
        tests("JSONTests", ["JSON"]),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("RouteSyntaxTests", ["Diagnostics", "RouteSyntax"]),
        tests("ValidateTests", ["Diagnostics", "RouteSyntax", "Validate"]),
        tests(
            "RouteCompilerTests",
            ["CPCRE2", "Diagnostics", "RouteCompiler", "RouteTable", "TableFormat", "Validate"]),
        tests(
            "RouteTableTests",
            [
                "Diagnostics", "JSON", "MatchOracle", "RouteCompiler", "RouteSyntax", "RouteTable",
                "TableFormat", "Validate",
            ]),
        tests(
            "RouteTestsTests",
            [
                "Diagnostics", "RouteCompiler", "RouteSyntax", "RouteTable", "RouteTests",
                "Validate",
            ]),
        tests("RuntimeTests", ["CLinux", "COpenSSL", "RouteTable", "Runtime", "TableFormat"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["CLinux", "TestSupport"], exclude: ["Resources"],
            swiftSettings: houseSettings),
        tests("FuzzTests", ["FuzzEntries"]),
    ]
)

/// The fuzzer needs another way of compiling and linking, so it is there only when asked for: see `Scripts/fuzz`.
if Context.environment["WSROUTE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzDriver", dependencies: ["FuzzEntries"], path: "Fuzz/Driver",
            swiftSettings: houseSettings + [.unsafeFlags(["-parse-as-library"])]))
}
