/** Of the staff, for benchmarks that publish. */
export const BENCH_ADMIN = {
  email: 'admin@bhxh.example',
  password: 'một câu dài mà ai cũng nhớ',
  name: 'Quản trị viên',
};
