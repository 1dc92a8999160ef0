import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Bundles the functions before serverless packs them, so that one command deploys what is in the sources and nothing older. */
export default class BundlePlugin {
  constructor(serverless) {
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => {
        const script = join(serverless.serviceDir, 'infra/build/functions.mjs');
        execFileSync(process.execPath, [script], { stdio: 'inherit' });
      },
    };
  }
}
