from training.tests.browser.test_instant import *
def test_dbg(gym, sets):
    page=gym.page
    page.evaluate("""()=>{window.log=[];addEventListener('click',e=>log.push([performance.now()|0,e.target.closest('button')?.ariaLabel,e.clientX|0,e.clientY|0,scrollY|0]),true);addEventListener('submit',e=>log.push(['submit',e.target.id,e.submitter?.ariaLabel]),true);addEventListener('scroll',()=>log.push(['scroll',scrollY]));document.addEventListener('htmx:beforeSend',e=>log.push(['send',e.detail.requestConfig.path, e.target.id]))}""")
    slow_down(gym.page, cpu=1, latency=300)
    box = row(gym, 1).get_by_role("button", name="Log set 1", exact=True).bounding_box()
    for _ in range(20):
        gym.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    gym.expect_logged(1, "80", "8")
    page.wait_for_timeout(2000)
    for l in page.evaluate("log"): print(l)
    print(sets.count(), page.evaluate("[...document.querySelectorAll('.set-row')].map(r=>r.id+' '+r.className)"))
