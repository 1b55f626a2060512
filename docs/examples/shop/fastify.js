import Fastify from 'fastify';

const token = process.env['SHOP_TOKEN'];
const products = Array.from({ length: 100 }, (_, id) => ({ id, name: `product ${id}` }));
let orders = 0;

const order = {
  type: 'object',
  required: ['product'],
  properties: { product: { type: 'integer' } },
};
const search = { type: 'object', required: ['word'], properties: { word: { type: 'string' } } };

const app = Fastify();
app.addHook('onRequest', async (request, reply) => {
  if (request.headers.authorization === `Bearer ${token}`) return;
  await reply.code(401).send({ error: 'no valid token' });
});
app.get('/products', async () => products);
app.get('/products/:id', async (request) => products[request.params.id]);
app.get('/orders/latest', async () => ({ order: orders }));
app.post('/orders', { schema: { body: order } }, async (request, reply) => {
  if (!products[request.body.product]) return reply.code(422).send({ error: 'no product' });
  orders += 1;
  return reply.code(201).send({ order: orders });
});
app.post('/search', { schema: { body: search } }, async (request) => {
  return { found: products.filter(({ name }) => name.includes(request.body.word)) };
});
await app.listen({ port: Number(process.env['PORT']), host: process.env['HOST'] });
