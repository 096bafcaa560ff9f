import { cloudApiFrom } from '../../cloud/api.ts';
import { keysFrom } from '../../cloud/keys.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { type Commands, createCommands } from './commands.ts';
import { packFunctions } from './pack-functions.ts';
import { tencentSchema } from './schema.ts';
import { type Options, type Serverless, serviceOf } from './service.ts';
import { type CommandName, loadVendor, type Vendor } from './vendor.ts';

const breaking = { 'break-lock': flag('Takes away the lock of a deploy that is dead') };
const skipping = {
  'skip-preflight': flag('Does not look before whether the deploy can succeed'),
  'replace-account': flag('Replaces functions of another WeChat account'),
};

/**
 * When this module is loaded, not when the plugin is made: by then the framework has loaded
 * serverless-tencent-scf as it is, with all 204 services of the SDK.
 */
const vendor: Vendor = loadVendor();

interface Writers {
  readonly log: { notice(text: string): void };
  readonly writeText: (text: string) => void;
}

/**
 * Makes `serverless` with serverless-tencent-scf do what its documentation says, on today's cloud.
 * It must be listed before serverless-tencent-scf, whose commands it fills with its own work.
 */
export class DeployPlugin {
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;
  /** Options beside those that the framework knows. */
  readonly commands = {
    deploy: {
      options: {
        prune: flag('Removes functions that are no longer in serverless.yml'),
        force: flag('Sends the code of every function, also where nothing has changed'),
        ...skipping,
        ...breaking,
      },
      commands: {
        function: { options: { force: flag('Sends the code as well'), ...skipping, ...breaking } },
      },
    },
    rollback: { options: breaking },
    remove: { options: breaking },
  };
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #writers: Writers;
  #made: Commands | undefined;

  constructor(serverless: Serverless, options: Options, writers: Writers) {
    this.#serverless = serverless;
    this.#options = options;
    this.#writers = writers;
    // Without this, serverless-tencent-scf reads a file in the home directory and asks the cloud who
    // one is, even for a command that needs neither.
    options.credentials = {};
    serverless.configSchemaHandler.defineProvider('tencent', tencentSchema);
    this.#take({
      deploy: ['deploy', () => this.#commands.deploy(this.#names)],
      deployFunction: ['deploy', () => this.#commands.deploy(this.#chosen)],
      deployList: ['serviceList', () => this.#commands.listReleases()],
      deployListFunctions: ['functionList', () => this.#commands.info()],
      rollback: ['rollback', () => this.#commands.rollback()],
      remove: ['remove', () => this.#commands.remove()],
      info: ['info', () => this.#commands.info()],
      invoke: ['invoke', () => this.#commands.invoke()],
      logs: ['logs', () => elsewhere('logs', 'Log query')],
      metrics: ['metrics', () => elsewhere('metrics', 'Monitoring')],
    });
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => this.#pack(this.#names),
      'before:package:function:package': () => this.#pack(this.#chosen),
    };
  }

  get #names(): readonly string[] {
    return Object.keys(this.#serverless.service.functions);
  }

  get #isDeploy(): boolean {
    return this.#serverless.processedInput.commands[0] === 'deploy';
  }

  get #chosen(): readonly string[] {
    const { function: name = '' } = this.#options;
    if (this.#names.includes(name)) return [name];
    throw this.#failure(new Error(`No function ${name}. There is: ${this.#names.join(', ')}.`));
  }

  get #commands(): Commands {
    const service = serviceOf(this.#serverless, this.#options);
    this.#made ??= createCommands({
      service,
      options: this.#options,
      openCloud: (): Cloud =>
        openCloud({
          vendor: vendor,
          keys: keysFrom(process.env),
          region: service.region,
          bucket: service.bucket,
        }),
      apiIn: (region) => cloudApiFrom(process.env, region),
      pack: packFunctions,
      write: this.#writers.writeText,
      progress: (line) => this.#writers.log.notice(line),
      now: Date.now,
    });
    return this.#made;
  }

  /** The framework would zip the whole project, `.env` and all, unless it finds it done. */
  async #pack(names: readonly string[]): Promise<void> {
    const { service } = this.#serverless;
    service.package.individually = true;
    try {
      if (this.#isDeploy) await this.#commands.lookBefore(names);
      for (const { name, file } of await this.#commands.pack(names, this.#isDeploy)) {
        const config = service.functions[name];
        if (config) config.package = { artifact: file };
      }
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** Puts our work into the commands of serverless-tencent-scf. */
  #take(work: Readonly<Record<CommandName, readonly [method: string, run: () => Promise<void>]>>) {
    for (const [name, [method, run]] of Object.entries(work)) {
      vendor.commands[name as CommandName].prototype[method] = async () => {
        try {
          await run();
        } catch (error) {
          throw this.#failure(error);
        }
      };
    }
  }

  /** The framework shows an error of its own class to the user, and any other with its stack. */
  #failure(error: unknown): Error {
    const { Error: UserError } = this.#serverless.classes;
    if (error instanceof UserError) return error;
    return new UserError(error instanceof Error ? error.message : String(error), 'FUWUHAO_DEPLOY');
  }
}

/** An option that is there or not. */
function flag(usage: string) {
  return { usage, type: 'boolean' } as const;
}

/** Commands of serverless-tencent-scf that asked for what is no longer there. */
function elsewhere(what: string, tab: string): Promise<never> {
  const place = `https://console.cloud.tencent.com/scf, tab "${tab}" of the function`;
  return Promise.reject(new Error(`Tencent no longer gives ${what} by this API. See ${place}.`));
}
