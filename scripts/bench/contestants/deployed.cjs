/** The deployed callback itself, as the platform calls it: `BENCH_BUNDLE` is its index.js. */
exports.create = () => {
  const { main } = require(process.env.BENCH_BUNDLE);
  return async (query, body) => {
    const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
    return (await main(event, { request_id: 'bench' })).body;
  };
};
