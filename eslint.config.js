import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const typed = ['lib/**/*.{ts,tsx}', 'functions/**/*.ts', 'test/**/*.ts', '*.config.ts'];

/** The layers whose answers depend on their arguments alone: same input, same bytes. */
const pure = ['netset', 'model', 'engine', 'findings', 'sources', 'report', 'notify', 'store'].map(
  (x) => `lib/${x}/**/*.{ts,tsx}`,
);
const impureHint = 'Take it as an argument; lib/app/wire passes the real one.';

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'coverage/',
      'reports/',
      '.stryker-tmp/',
      '.serverless/',
      '.venv/',
      'examples/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: true,
          allowDefaultCaseForExhaustiveSwitch: true,
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Style 3.2 and 3.12 use type aliases for shapes and unions alike.
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      // A number or a set in a message is what is meant; other objects have to be spelt out.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allow: [{ from: 'file', name: ['IntervalSet', 'IpSet', 'TransportSet', 'HeaderSpace'] }],
        },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // noPropertyAccessFromIndexSignature wants the brackets that this rule would take away.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `x as T` and `x!` say the same; where either is allowed, both are.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Text from outside is cleaned of control characters, which takes naming them.
      'no-control-regex': 'off',
      // An explicit test for undefined says which case is meant.
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: `No environment below lib/app. ${impureHint}` },
        { name: 'performance', message: `No clock below lib/app. ${impureHint}` },
        {
          name: 'crypto',
          message: `No randomness below lib/app. ${impureHint} A hash comes from node:crypto.`,
        },
        { name: 'setTimeout', message: `No clock below lib/app. ${impureHint}` },
        { name: 'setInterval', message: `No clock below lib/app. ${impureHint}` },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: `No clock below lib/app. ${impureHint}` },
        { object: 'Math', property: 'random', message: `No randomness below lib/app. ${impureHint}` },
        { object: 'globalThis', property: 'process', message: `No environment below lib/app. ${impureHint}` },
        { property: 'localeCompare', message: 'Depends on the machine; compare code units.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="toLocaleString"][arguments.length=0]',
          message: 'Depends on the machine; name the locale.',
        },
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: `No clock below lib/app. ${impureHint}`,
        },
        { selector: 'CallExpression[callee.name="Date"]', message: `No clock below lib/app. ${impureHint}` },
        {
          selector: 'ImportDeclaration[source.value=/^(node:)?(process|perf_hooks|timers.*)$/]',
          message: `No clock or environment below lib/app. ${impureHint}`,
        },
      ],
    },
  },
  {
    files: ['lib/**/*.{ts,tsx}', 'functions/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Indexes that loops keep in bounds, over rows and pools that are too hot for a check each.
    files: ['lib/netset/**/*.ts', 'lib/engine/**/*.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unnecessary-type-parameters': 'off' },
  },
  {
    files: [
      'lib/cli/**/*.ts',
      'test/**/*-run.ts',
      'test/**/*-check.ts',
      'test/**/*bench*.ts',
      'test/bench/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['infra/build/**/*.mjs', '*.js', '*.mjs', '*.cjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' },
    },
  },
);
