import type { Deployment } from '../desk/deployment.ts';
import type { Remedy } from './check.ts';

export function redeploy({ stage, region }: Deployment): Remedy {
  return {
    remedy: 'Deploy the hub, with the settings that it is to have (docs/deploy.md)',
    run: [`npx --no -- serverless deploy --region ${region} --stage ${stage}`],
  };
}
