// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags(["-warnings-as-errors"]),
  // Release builds are what is tested, and one build is for use and for tests: it costs some 3 %.
  .unsafeFlags(["-enable-testing"]),
]

let package = Package(
  name: "modlab",
  products: [.executable(name: "modlab", targets: ["modlab"])],
  targets: [
    .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "LineEditing", dependencies: ["CEditline"]),
    .target(name: "ModuleSyntax"),
    .target(name: "ModuleLinking", dependencies: ["ModuleSyntax"]),
    .systemLibrary(
      name: "CJavaScriptCore", pkgConfig: "javascriptcoregtk-4.1",
      providers: [.apt(["libjavascriptcoregtk-4.1-dev"])]),
    .target(name: "CJavaScriptStops", dependencies: ["CJavaScriptCore"]),
    .target(
      name: "JavaScriptRuntime",
      dependencies: ["CJavaScriptCore", "CJavaScriptStops", "ModuleLinking", "ModuleSyntax"]),
    .target(
      name: "VMModules", dependencies: ["JavaScriptRuntime", "ModuleLinking", "ModuleSyntax"]),
    .target(name: "GraphRendering", dependencies: ["ModuleLinking", "ModuleSyntax"]),
    .target(
      name: "Session",
      dependencies: [
        "GraphRendering", "JavaScriptRuntime", "ModuleLinking", "ModuleSyntax", "VMModules",
      ]),
    .executableTarget(
      name: "modlab", dependencies: ["Session", "LineEditing"],
      // A link to the file of the documentation: there is one schema.
      resources: [.embedInCode("json-schema.json")],
      // Half of the time from start to exit went into loading Swift's shared libraries.
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
    .executableTarget(
      name: "lineEditingProbe", dependencies: ["LineEditing"],
      path: "Tests/Support/lineEditingProbe"),
    .target(
      name: "SchemaValidation", dependencies: ["Session"], path: "Tests/Support/SchemaValidation"),
    .testTarget(name: "LineEditingTests", dependencies: ["LineEditing"]),
    .testTarget(name: "ModuleSyntaxTests", dependencies: ["ModuleSyntax"]),
    .testTarget(name: "ModuleLinkingTests", dependencies: ["ModuleLinking", "ModuleSyntax"]),
    .testTarget(name: "GraphRenderingTests", dependencies: ["GraphRendering"]),
    .testTarget(name: "SessionTests", dependencies: ["Session", "ModuleSyntax"]),
    .testTarget(
      name: "JavaScriptRuntimeTests",
      dependencies: ["JavaScriptRuntime", "ModuleSyntax", "Session"]),
    .testTarget(
      name: "VMModulesTests", dependencies: ["Session"], exclude: ["Programs"]),
    .testTarget(
      name: "NodeCaseTests", dependencies: ["SchemaValidation", "Session"],
      exclude: ["node-vm-cases.json", "prelude.js"]),
    .testTarget(
      name: "SteppingTests",
      dependencies: ["Session", "ModuleLinking", "ModuleSyntax", "VMModules"]),
    .testTarget(name: "TranscriptTests", dependencies: ["SchemaValidation", "Session"]),
    .testTarget(name: "ExportTests", dependencies: ["Session"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  if target.name.hasPrefix("C") { continue }
  target.swiftSettings = strict
}
