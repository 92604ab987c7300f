// Only what is used, and without icon/index.css: its font has 25 kB and does not compress. The
// first page needs none of it.
import 'vant/es/style/base.css'
import 'vant/es/button/index.css'
import 'vant/es/cell/index.css'
import 'vant/es/cell-group/index.css'
import 'vant/es/loading/index.css'
import 'vant/es/pull-refresh/index.css'
import './over-vant.css'
