import * as v from 'valibot';
import { CloudError } from '../cloud/error.ts';
import { defaultDomain, demandHttpAccess } from '../cloud/http-access.ts';
import { action } from './action.ts';

const text = v.exactOptional(v.string());

/** The paths of the default domain in the older form, which CloudBase's own CLI still calls. */
export const gatewayActions = {
  CreateCloudBaseGWAPI: action(
    {
      ServiceId: v.string(),
      Path: v.pipe(v.string(), v.regex(/^\/[\w/-]*$/)),
      Type: v.literal(1),
      Name: v.string(),
      AuthSwitch: v.picklist([1, 2]),
    },
    async (cloud, { ServiceId, Path, Name }) => {
      const environment = cloud.environments.get(ServiceId);
      demandHttpAccess(environment);
      const { routes } = environment;
      if (routes.some(({ path }) => path === Path)) {
        throw new CloudError('InvalidParameter.APICreated', `${Path} is taken.`);
      }
      cloud.environments.addRoute(ServiceId, { path: Path, functionName: Name });
      await cloud.functions.route({ Namespace: ServiceId, FunctionName: Name }, Path);
      return { APIId: `api-${routes.length}` };
    },
  ),
  DescribeCloudBaseGWAPI: action(
    { ServiceId: v.string(), Path: text, Name: text, Offset: v.exactOptional(v.number()) },
    (cloud, { ServiceId, Name, Path }) => {
      const found = cloud.environments
        .get(ServiceId)
        .routes.filter(({ functionName }) => Name === undefined || functionName === Name)
        .filter(({ path }) => Path === undefined || path === Path);
      return {
        APISet: found.map(({ path, functionName }) => ({
          ServiceId,
          Path: path,
          Type: 1,
          Name: functionName,
          AuthSwitch: 2,
        })),
        EnableService: true,
        Total: found.length,
      };
    },
  ),
  DeleteCloudBaseGWAPI: action(
    {
      ServiceId: v.string(),
      Path: text,
      APIId: text,
      Name: text,
      Type: v.exactOptional(v.literal(1)),
    },
    async (cloud, { ServiceId, Name, Path }) => {
      const gone = cloud.environments.removeRoutes(
        ServiceId,
        (route) => route.functionName === Name || route.path === Path,
      );
      for (const { functionName } of gone) {
        await cloud.functions.route(
          { Namespace: ServiceId, FunctionName: functionName },
          undefined,
        );
      }
      return {};
    },
  ),
  DescribeCloudBaseGWService: action({ ServiceId: v.string() }, (cloud, { ServiceId }, caller) => {
    return {
      ServiceSet: [],
      DefaultDomain: defaultDomain(cloud.environments.get(ServiceId), caller.region),
      EnableService: true,
    };
  }),
};
