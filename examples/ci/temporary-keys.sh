#!/bin/sh
# GitHub Actions: exchanges the job's identity (OIDC) for keys of Tencent Cloud that end after an hour, so
# that no key lies in GitHub. Once, in CAM: an identity provider of the type OIDC for
# https://token.actions.githubusercontent.com with the audience sts.tencentcloudapi.com, and a role that trusts
# it for this repository and its environment alone, with the policy that `npm run setup` prints for the deploy.
# https://cloud.tencent.com/document/api/1312/73070
set -eu
: "${CAM_OIDC_PROVIDER:?The name of the identity provider in CAM}"
: "${CAM_ROLE_ARN:?The role, as qcs::cam::uin/100000000001:roleName/fuwuhao-deploy}"
region="${TENCENTCLOUD_REGION:-ap-shanghai}"

token="$(curl -fsS -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.tencentcloudapi.com" |
  node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).value')"

request="$(TOKEN="$token" node -p 'JSON.stringify({
  ProviderId: process.env.CAM_OIDC_PROVIDER,
  RoleArn: process.env.CAM_ROLE_ARN,
  WebIdentityToken: process.env.TOKEN,
  RoleSessionName: "github-actions",
  DurationSeconds: 3600,
})')"

# The token is the proof; this one action of STS takes no signature.
printf '%s' "$request" | curl -fsS https://sts.tencentcloudapi.com/ --data-binary @- \
  -H 'Content-Type: application/json' -H 'Authorization: SKIP' \
  -H 'X-TC-Action: AssumeRoleWithWebIdentity' -H 'X-TC-Version: 2018-08-13' \
  -H "X-TC-Region: $region" -H "X-TC-Timestamp: $(date +%s)" |
  node -e '
    const { Response } = JSON.parse(require("fs").readFileSync(0, "utf8"));
    if (Response.Error) {
      console.error(`AssumeRoleWithWebIdentity failed: ${Response.Error.Code}. ${Response.Error.Message}`);
      process.exit(1);
    }
    const { TmpSecretId, TmpSecretKey, Token } = Response.Credentials;
    const keys = {
      TENCENTCLOUD_SECRET_ID: TmpSecretId,
      TENCENTCLOUD_SECRET_KEY: TmpSecretKey,
      TENCENTCLOUD_SESSION_TOKEN: Token,
    };
    for (const value of Object.values(keys)) console.log(`::add-mask::${value}`);
    const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
    require("fs").appendFileSync(process.env.GITHUB_ENV, lines.join(""));
  '
