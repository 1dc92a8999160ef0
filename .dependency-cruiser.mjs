/**
 * Who may import whom: the layer table of ARCHITECTURE.md as rules. Run by `npm run layers`, which also shows that
 * every rule here catches an import that breaks it (infra/build/layer-controls.mjs). Each comment says what to do.
 */

/** A layer's folder; each source is a layer of its own. */
const LAYER = 'sources/[^/]+|[^/]+';
const AWS_SDK = '(^|/)node_modules/(@aws-sdk|@smithy)/';

/** A layer may import itself and the layers listed, nothing else of this repository. */
function layer(name, { folder = name, allowed, comment }) {
  return {
    name: `${name}-imports`,
    comment: `${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other layer'}. ${comment}`,
    severity: 'error',
    from: { path: `^(lib/)?${folder}/` },
    to: { path: '^(lib|functions|test|infra)/', pathNot: [folder, ...allowed].map((x) => `^(lib/)?${x}/`) },
  };
}

/** A layer may use these npm packages and built-in modules, no others. */
function outside(name, { folder = name, except, npm = [], builtin = [], comment }) {
  const allowed = [...npm.map((x) => `(^|/)node_modules/${x}/`), ...builtin.map((x) => `^(node:)?${x}$`)];
  return {
    name: `${name}-outside`,
    comment,
    severity: 'error',
    from: { path: `^lib/${folder}/`, ...(except ? { pathNot: except } : {}) },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-optional', 'npm-peer', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
      ...(allowed.length > 0 ? { pathNot: allowed } : {}),
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'These modules need each other. Move what both need into a file of its own, below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment:
        'This import leads nowhere: a misspelt path, a missing `.ts`, or a package that is not installed.',
      severity: 'error',
      from: {},
      // aws-lambda is types only: @types/aws-lambda, checked by the compiler
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'A user does not get devDependencies. Move the package to dependencies, or do without it here.',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'through-the-index',
      comment:
        'Another layer is entered by its index: import from `#netset`, `#model`, … If what you need is not exported there, ' +
        'ask whether it should be. (Terraform and the tests may reach into the sources they reuse.)',
      severity: 'error',
      from: { path: `^lib/(${LAYER})/`, pathNot: '^lib/sources/terraform/' },
      to: { path: '^lib/', pathNot: ['^lib/$1/', `^lib/(${LAYER})/index\\.ts$`] },
    },
    {
      name: 'functions-through-the-index',
      comment: 'A function calls lib/app by its index, `#app`. Export the use case there.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^lib/', pathNot: '^lib/app/index\\.ts$' },
    },

    layer('netset', {
      allowed: [],
      comment:
        'Sets know nothing of networks. Pass plain numbers, addresses and sets in; put what knows more in model.',
    }),
    layer('model', {
      allowed: ['netset'],
      comment:
        'The model has no opinion and no vendor. A question belongs in engine, a translation in sources.',
    }),
    layer('engine', {
      allowed: ['netset', 'model'],
      comment:
        'The engine answers questions about any network. What is bad belongs in findings, what is AWS in sources.',
    }),
    layer('findings', {
      allowed: ['netset', 'model', 'engine'],
      comment: 'A check looks at a network, not at how it was read, shown or sent.',
    }),
    layer('sources', {
      folder: 'sources/(?!terraform/)[^/]+',
      allowed: ['netset', 'model', 'sources/shared'],
      comment:
        'A source turns a vendor’s shape into a network. What two sources need goes to sources/shared.',
    }),
    {
      name: 'sources-apart',
      comment:
        'One source may not import another: put what both need in sources/shared. (Only terraform reuses the others, ' +
        'their resources and translate.)',
      severity: 'error',
      from: { path: '^lib/sources/([^/]+)/', pathNot: '^lib/sources/terraform/' },
      to: { path: '^lib/sources/', pathNot: ['^lib/sources/$1/', '^lib/sources/shared/'] },
    },
    {
      name: 'terraform-imports',
      comment:
        'terraform may import netset, model, sources/shared and the other sources’ index, resources and translate. It reads a ' +
        'plan, so it never collects.',
      severity: 'error',
      from: { path: '^lib/sources/terraform/' },
      to: {
        path: '^(lib|functions|test|infra)/',
        pathNot: [
          '^lib/(netset|model|sources/shared|sources/terraform)/',
          '^lib/sources/[^/]+/(index\\.ts$|resources|translate)',
        ],
      },
    },
    layer('report', {
      allowed: ['netset', 'model', 'engine', 'findings'],
      comment: 'A report turns findings into a document. Nothing below it may know that it exists.',
    }),
    layer('notify', {
      allowed: ['findings'],
      comment: 'A message is made from findings alone. If a fact is missing there, add it to the finding.',
    }),
    layer('store', {
      allowed: ['netset', 'model', 'findings'],
      comment: 'A store keeps and returns; it computes nothing. Do the work in app.',
    }),
    {
      name: 'app-imports',
      comment:
        'app knows everybody but those that run it. Move what app needs out of cli, functions and test.',
      severity: 'error',
      from: { path: '^lib/app/' },
      to: { path: '^(lib/cli|functions|test|infra)/' },
    },
    layer('cli', {
      allowed: ['app'],
      comment: 'A command calls one use case. Put the use case into app and call it by `#app`.',
    }),
    layer('functions', {
      allowed: ['app'],
      comment: 'A function is an event in and one call of lib/app. Put the work into app.',
    }),

    outside('netset', {
      npm: ['ipaddr\\.js'],
      comment:
        'netset is pure: an address parser is all it uses. Compute, or take what you need as an argument.',
    }),
    outside('model', {
      comment: 'The model is types and plain look-ups: it uses no package and no built-in module.',
    }),
    outside('engine', {
      comment:
        'The engine is pure: no file, clock, environment or package. Take what you need as an argument.',
    }),
    outside('findings', {
      builtin: ['crypto'],
      comment: 'Findings are pure, hashing aside. Take what you need as an argument.',
    }),
    outside('sources', {
      folder: 'sources/[^/]+',
      except: '^lib/sources/[^/]+/(collect[./]|snapshot-file/disk\\.ts$)',
      npm: ['zod', 'yaml'],
      comment:
        'Only a source’s collect touches the world, and snapshot-file/disk.ts the disk. The rest reads and translates what it is given.',
    }),
    outside('report', {
      except: '^lib/report/html/page/',
      // the mail's markup and its attachment: they make texts, and touch nothing
      npm: ['zod', '@react-email/components', 'react', 'react-dom', 'csv-stringify'],
      comment:
        'A report is a pure function to text, and its document has a schema. Writing it somewhere is the work of cli or app.',
    }),
    outside('page', {
      folder: 'report/html/page',
      npm: ['@dagrejs/dagre'],
      comment:
        'The page of the HTML report runs in a browser, in a file that people hand on: what it uses is carried along each time. Do without, or weigh it.',
    }),
    {
      name: 'page-imports',
      comment:
        'The page of the HTML report runs in a browser, on JSON: it has its own files, and document/shown.ts by which it shows a text. Put what it needs into its data.',
      severity: 'error',
      from: { path: '^lib/report/html/page/' },
      to: {
        path: '^(lib|functions|test|infra)/',
        pathNot: ['^lib/report/html/page/', '^lib/report/document/shown\\.ts$'],
      },
    },
    {
      name: 'page-apart',
      comment:
        'The page of the HTML report is code for a browser and comes in by its bundle. Only the form of its data, page/data.ts, is shared.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/report/html/page/' },
      to: { path: '^lib/report/html/page/', pathNot: '^lib/report/html/page/data\\.ts$' },
    },
    {
      name: 'sdk-at-the-edge',
      comment:
        'AWS’s SDK is for a source’s collect, a channel, a store, and app’s wiring. Pass its answers on as data (its types may be imported anywhere).',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/(sources/[^/]+/collect[./]|notify/|store/|app/)' },
      to: { path: AWS_SDK, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cluster-client-at-the-edge',
      comment:
        'The Kubernetes client reads live clusters: that is the work of lib/sources/kubernetes/collect alone. Pass what it answers on as data.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/sources/kubernetes/collect/' },
      to: { path: '(^|/)node_modules/@kubernetes/client-node/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'terminal-in-cli',
      comment: 'commander and picocolors are for people at a terminal: use them in lib/cli only.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/cli/' },
      to: { path: '(^|/)node_modules/(commander|picocolors)/' },
    },
    {
      name: 'middy-in-functions',
      comment: 'middy wraps Lambda handlers: use it in functions only. Shared work belongs in lib/app.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^functions/' },
      to: { path: '(^|/)node_modules/@middy/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
