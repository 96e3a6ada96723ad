// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags(["-warnings-as-errors"]),
  // Release builds are what is tested, and one build is for use and for tests: it costs some 3 %.
  .unsafeFlags(["-enable-testing"]),
  // One thread at a time has the session: what overlapping accesses there could be, the debug build
  // checks. In the release build the checks were 9 % of the instructions of linking.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
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
    // JavaScript, CSS and markup, which stand beside the Swift that uses them: excluded there, and
    // embedded here.
    .target(name: "CEmbeddedText", cSettings: [.unsafeFlags(["-std=c23"])]),
    .target(name: "TextTemplates", dependencies: ["CEmbeddedText"]),
    .target(
      name: "JavaScriptRuntime",
      dependencies: [
        "CEmbeddedText", "CJavaScriptCore", "CJavaScriptStops", "ModuleLinking", "ModuleSyntax",
      ],
      exclude: ["Prelude"]),
    .target(
      name: "VMModules",
      dependencies: ["CEmbeddedText", "JavaScriptRuntime", "ModuleLinking", "ModuleSyntax"],
      exclude: ["vmObject.js"]),
    .target(
      name: "GraphRendering",
      dependencies: ["CEmbeddedText", "ModuleLinking", "ModuleSyntax", "TextTemplates"],
      exclude: ["Picture"]),
    .target(
      name: "Session",
      dependencies: [
        "CEmbeddedText", "GraphRendering", "JavaScriptRuntime", "ModuleLinking", "ModuleSyntax",
        "TextTemplates", "VMModules",
      ],
      exclude: ["Export/Page", "Export/Program"]),
    .executableTarget(
      name: "modlab", dependencies: ["LineEditing", "ModuleSyntax", "Session"],
      // A link to the file of the documentation: there is one schema.
      resources: [.embedInCode("json-schema.json")],
      // Half of the time from start to exit went into loading Swift's shared libraries.
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
    .executableTarget(
      name: "lineEditingProbe", dependencies: ["LineEditing"],
      path: "Tests/Support/lineEditingProbe"),
    .executableTarget(
      name: "parsingBench", dependencies: ["ModuleSyntax"], path: "Benchmarks/parsing"),
    .target(
      name: "SchemaValidation", dependencies: ["Session"], path: "Tests/Support/SchemaValidation"),
    .testTarget(name: "LineEditingTests", dependencies: ["LineEditing"]),
    .testTarget(name: "ModuleSyntaxTests", dependencies: ["ModuleSyntax"]),
    .testTarget(name: "ModuleLinkingTests", dependencies: ["ModuleLinking", "ModuleSyntax"]),
    .testTarget(name: "GraphRenderingTests", dependencies: ["GraphRendering"]),
    .testTarget(
      name: "SessionTests", dependencies: ["Session", "ModuleLinking", "ModuleSyntax", "VMModules"]),
    .testTarget(
      name: "JavaScriptRuntimeTests",
      dependencies: ["JavaScriptRuntime", "ModuleSyntax", "Session", "VMModules"],
      exclude: ["using-programs.json"]),
    .testTarget(
      name: "VMModulesTests", dependencies: ["Session"], exclude: ["Programs"]),
    .testTarget(
      name: "NodeCaseTests", dependencies: ["SchemaValidation", "Session"],
      exclude: ["node-vm-cases.json", "prelude.js"]),
    .testTarget(
      name: "SteppingTests",
      dependencies: ["Session", "ModuleLinking", "ModuleSyntax", "VMModules"]),
    .testTarget(name: "TranscriptTests", dependencies: ["SchemaValidation", "Session"]),
    .testTarget(
      name: "ExportTests", dependencies: ["CEmbeddedText", "Session", "TextTemplates"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  if target.name.hasPrefix("C") { continue }
  target.swiftSettings = strict
}
