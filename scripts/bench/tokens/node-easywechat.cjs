const { OfficialAccount } = require('node-easywechat');

exports.create = ({ appid, secret }) => {
  const app = new OfficialAccount({ app_id: appid, secret });
  // Its own cache is a file, which processes of one machine would share; functions share none.
  const kept = new Map();
  app.setCache({
    get: async (key) => kept.get(key),
    set: async (key, value) => kept.set(key, value),
    has: async (key) => kept.has(key),
    delete: async (key) => kept.delete(key),
  });
  return async () => {
    const response = await app.getClient().get('cgi-bin/getcallbackip');
    return Array.isArray(response.toObject().ip_list);
  };
};
