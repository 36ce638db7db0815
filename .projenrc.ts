import { awscdk, javascript } from 'projen';

/** Everything that is TypeScript, in the order of the architecture. */
const SOURCE_FOLDERS = ['lib', 'lambda', 'simulator', 'bin', 'test', 'examples', 'scripts', 'bench'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-managed-entitlements',
  description: 'AWS CDK constructs that distribute AWS Marketplace licenses with AWS License Manager managed entitlements',
  author: 'The cdk-managed-entitlements authors',
  authorAddress: 'https://github.com/cdk-managed-entitlements',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-managed-entitlements/cdk-managed-entitlements.git',
  keywords: ['aws', 'cdk', 'license-manager', 'marketplace', 'managed-entitlements', 'grants', 'organizations', 'control-tower'],
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  // 2.257.0 is the first aws-cdk-lib with `Validations.acknowledge()`, and what cdk-nag 3 asks of its users as well.
  cdkVersion: '2.257.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  // aws-cdk-lib 2.257.0 asks for Node.js 20.
  minNodeVersion: '20.0.0',

  // jsii compiles lib/ into build/; scripts/bundle/ puts the handlers and the command line into bundles/.
  // Both stand at the same depth, so a construct finds its handler from the source and from the package alike.
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  sampleCode: false,
  tsconfig: { fileName: 'tsconfig.jsii.json', compilerOptions: {} },
  publishToPypi: { distName: 'cdk-managed-entitlements', module: 'cdk_managed_entitlements' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-managed-entitlements',
    mavenArtifactId: 'cdk-managed-entitlements',
    javaPackage: 'io.github.cdkmanagedentitlements',
  },
  publishToNuget: { packageId: 'CdkManagedEntitlements', dotNetNamespace: 'CdkManagedEntitlements' },
  publishToGo: { moduleName: 'github.com/cdk-managed-entitlements/cdk-managed-entitlements-go' },

  // Releases are made by the maintainers' own pipeline; .ci/run is what every change has to pass.
  github: false,
  npmignoreEnabled: false,
  release: false,
  depsUpgrade: false,

  devDeps: [
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-license-manager',
    '@aws-sdk/client-organizations',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    // Peers are tested at both ends: the floor as aws-cdk-lib, the newest under this name.
    'aws-cdk-lib-newest@npm:aws-cdk-lib@2.276.0',
    'cdk-nag@^3',
    // AGPL-3.0: for tests only, never bundled or shipped.
    '@cloud-copilot/iam-simulate',
    '@jest/test-sequencer',
    '@types/cli-progress',
    'cli-progress',
    'esbuild',
    'fast-xml-parser',
    'tsx',
  ],

  eslintOptions: { dirs: SOURCE_FOLDERS, devdirs: ['lambda', 'simulator', 'bin', 'test', 'examples', 'scripts', 'bench'] },
  disableTsconfigDev: true,
  jestOptions: { updateSnapshot: javascript.UpdateSnapshot.NEVER, junitReporting: false },
});

// The one place for tests is test/; they are compiled with the same configuration that editors use. What a template contains and what
// validation says of it depends on the CDK's version: those tests run with the newest one as well.
const jestProject = (displayName: string, tests: string[], moduleNameMapper: Record<string, string> = {}) => ({
  displayName,
  testMatch: tests.map((test) => `<rootDir>/test/${test}`),
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  moduleNameMapper: { '^cdk-managed-entitlements$': '<rootDir>/lib', ...moduleNameMapper },
  clearMocks: true,
});
project.package.addField('jest', {
  // Scenarios start processes, and machines are slow when they are busy: a test that hangs is found, one that waits is not blamed.
  testTimeout: 300_000,
  // A number of its own, since a container is told of all processors of its machine, and gets two of them: with a worker for each, tests of
  // seconds take minutes. The third is there since whoever plays a stack waits for the processes of its functions most of the time.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    jestProject('oldest CDK', ['**/*.test.ts']),
    jestProject('newest CDK', ['lib/*.test.ts', 'lib/provider/*.test.ts'], { '^aws-cdk-lib(/.*)?$': 'aws-cdk-lib-newest$1' }),
  ],
});

// eslint resolves imports with the configuration that knows every folder.
project.eslint!.config.parserOptions.projectService.defaultProject = './tsconfig.json';
project.eslint!.config.settings['import/resolver'].typescript.project = './tsconfig.json';
// Examples import the library as its users do: a package among others.
project.eslint!.addRules({
  'import/order': ['warn', {
    groups: ['builtin', 'external'],
    alphabetize: { order: 'asc', caseInsensitive: true },
    pathGroups: [{ pattern: 'cdk-managed-entitlements', group: 'external' }],
    pathGroupsExcludedImportTypes: [],
  }],
});

// Editors, eslint, tsx and jest see every folder; jsii compiles lib/ alone, with tsconfig.jsii.json.
new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.json',
  include: SOURCE_FOLDERS.map((folder) => `${folder}/**/*.ts`),
  compilerOptions: {
    ...project.tsconfig?.compilerOptions,
    rootDir: '.',
    outDir: undefined,
    noEmit: true,
    isolatedModules: true,
    stripInternal: true,
    paths: { 'cdk-managed-entitlements': ['./lib'] },
  },
});

// jest and eslint resolve modules with it; of 1.13.0 only some platforms' binaries are published, and `npm ci` refuses a lock without the others.
project.package.addPackageResolutions('unrs-resolver@1.12.0');

project.gitignore.exclude('/bundles/', '/bundles.next/', 'cdk.out/');
project.package.addField('files', ['build/**/*.js', 'build/**/*.d.ts', 'bundles', '.jsii']);
project.package.addBin({ 'cdk-managed-entitlements': 'bundles/command-line/cdk-managed-entitlements.js' });

// The constructs, the handlers and the command line: all that the package holds.
project.compileTask.prependExec('rm -rf build .jsii');
project.compileTask.exec('tsx scripts/bundle/bundle.ts');

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of every folder',
  exec: 'tsc --project tsconfig.json',
});
project.testTask.prependSpawn(typecheck);
// On Node.js 20, the oldest that is supported here, the AWS SDK would say in each test file that it is to lose its support there.
project.testTask.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
project.package.setScript('test', 'projen compile && projen docgen && projen test');

project.addTask('demo', {
  description: 'Play the life of examples/quick-start in the simulated organization',
  steps: [{ exec: 'tsx scripts/bundle/bundle.ts' }, { exec: 'tsx scripts/demo/demo.ts' }],
});
project.addTask('simulator', {
  description: 'Serve the simulated organization',
  exec: 'tsx bin/cdk-managed-entitlements.ts simulate',
  receiveArgs: true,
});

project.synth();
